namespace Parley.Journal.Postgres.Sharding;

/// <summary>A shard that was taken over.</summary>
/// <param name="Shard">Its number.</param>
/// <param name="Epoch">The epoch that is valid from now on.</param>
/// <param name="SettledOffset">The last block that is settled.</param>
internal readonly record struct RaisedShard(int Shard, long Epoch, long SettledOffset);
