namespace Parley.Cluster.Ownership;

/// <summary>A shard as the database has it.</summary>
/// <param name="Epoch">Changes whenever somebody takes it.</param>
/// <param name="Owner">The id of the node that took it last; empty if that one has given it back.</param>
internal readonly record struct SeenShard(long Epoch, string Owner);
