using Parley.Journal.Committing;
using Parley.Journal.Postgres.Sharding;

namespace Parley.Journal.Postgres.Committing;

/// <summary>One shard's part of a group: a row of the journal.</summary>
internal sealed class ShardBlock(OwnedShard shard)
{
    public OwnedShard Shard => shard;

    /// <summary>The epoch under which it is written.</summary>
    public long Epoch { get; } = shard.Epoch;

    /// <summary>Its place in the shard's log.</summary>
    public long Offset { get; } = shard.Offset + 1;

    public List<JournalEntry> Entries { get; } = [];

    /// <summary>The packed entries.</summary>
    public byte[] Bytes { get; set; } = [];

    public CommitOutcome Outcome { get; set; } = CommitOutcome.Refused;
}
