using Npgsql;

namespace Parley.Journal.Postgres;

/// <summary>How a <see cref="PostgresJournal"/> works.</summary>
/// <param name="Database">Where it keeps everything: see <see cref="ParleyDatabase.Open"/>. It stays open when the journal closes.</param>
/// <param name="Node">This node's name, for an operator who looks who owns a shard.</param>
public sealed record PostgresJournalOptions(NpgsqlDataSource Database, string Node)
{
    /// <summary>Take all shards over when opening: for a node that is alone.</summary>
    public bool OwnsEverything { get; init; }

    /// <summary>
    /// The name under which it owns shards in the database. No other journal may have it, not even an earlier one of this node;
    /// null makes one of <see cref="Node"/>.
    /// </summary>
    public string? Owner { get; init; }

    /// <summary>
    /// Whether this node may believe in what it owns, asked before and after every read: while it may not, it takes no entries,
    /// and reads as if all shards were another node's. Once false, it must not be true again before <see cref="PostgresJournal.Release"/>
    /// was called for all shards.
    /// </summary>
    public Func<bool> HoldsLease { get; init; } = static () => true;

    /// <summary>Bytes of committed but unsettled events beyond which publishers are slowed until settling has caught up.</summary>
    public long TailBytes { get; init; } = 64 << 20;

    /// <summary>Unsettled events that start a settling at once. Large settlings are cheaper per event.</summary>
    public int SettleEvents { get; init; } = 50_000;

    /// <summary>How long committed events wait at most for a settling to start.</summary>
    public TimeSpan SettleInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a database that failed is tried again while nobody writes.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a takeover waits for a node that writes to the shard at that moment, before it ends that node's connection.</summary>
    public TimeSpan TakeoverPatience { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The clock of settling and retrying.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
