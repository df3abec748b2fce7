namespace Parley.Journal.Postgres.Sharding;

/// <summary>Shards that came to this node or left it.</summary>
/// <param name="Shards">Which.</param>
/// <param name="AreOwned">Whether this node owns them from now on.</param>
public sealed record ShardChange(IReadOnlyList<int> Shards, bool AreOwned);
