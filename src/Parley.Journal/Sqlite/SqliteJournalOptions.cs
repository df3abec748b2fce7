namespace Parley.Journal.Sqlite;

/// <summary>How a <see cref="SqliteJournal"/> works.</summary>
/// <param name="Folder">Where <c>journal.db</c> and <c>messages.db</c> live; made when there is none.</param>
public sealed record SqliteJournalOptions(string Folder)
{
    /// <summary>Bytes of committed but unsettled events beyond which publishers are slowed until settling has caught up.</summary>
    public long TailBytes { get; init; } = 64 << 20;

    /// <summary>Unsettled events that start a settling at once. Large settlings are cheaper per event, but commits wait for the disk behind them.</summary>
    public int SettleEvents { get; init; } = 20_000;

    /// <summary>How long committed events wait at most for a settling to start.</summary>
    public TimeSpan SettleInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a failed file is tried again.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Pages (of 4 KiB) in the journal's log after which they are moved to its file.</summary>
    public int CheckpointPages { get; init; } = 4_000;

    /// <summary>The clock of the intervals.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The name of the SQLite file layer to use, or null for SQLite's own.</summary>
    public string? Vfs { get; init; }
}
