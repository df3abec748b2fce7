namespace Parley.Journal.Postgres.Sharding;

/// <summary>How far a shard's log is committed.</summary>
/// <param name="Epoch">Raised with every change of the owner.</param>
/// <param name="Offset">Counts the shard's blocks, one a group that touched it: the one before had <c>Offset - 1</c>, whoever wrote it.</param>
public readonly record struct ShardPosition(long Epoch, long Offset);
