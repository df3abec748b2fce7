using Parley.Journal.Encoding;

namespace Parley.Journal.Sqlite;

/// <summary><c>journal.db</c>, as the committing thread writes it. After any failure it must be closed and opened anew.</summary>
internal sealed class JournalFile(string path, string? vfs) : IDisposable
{
    // Bounds the work that dropping old groups adds to one commit.
    private const int DroppedPerAppend = 64;

    private Database? _database;
    private Statement? _insert, _delete, _begin, _commit, _contains;
    private long _droppedThrough;

    public string Path => path;

    public bool IsOpen => _database is not null;

    /// <summary>Opens the file; the log is read from the disk, whatever this process wrote before.</summary>
    public void Open()
    {
        var database = new Database(path, vfs, cacheKilobytes: 32 * 1024, autoCheckpointPages: 0);
        try
        {
            Schema.Upgrade(database, Schema.Journal);
            _insert = database.Prepare("INSERT INTO journal(id, block) VALUES(?, ?)");
            _delete = database.Prepare("DELETE FROM journal WHERE id <= ?");
            _begin = database.Prepare("BEGIN IMMEDIATE");
            _commit = database.Prepare("COMMIT");
            _contains = database.Prepare("SELECT COUNT(*) FROM journal WHERE id = ?");
            _droppedThrough = database.Execute("SELECT COALESCE(MIN(id), 1) - 1 FROM journal");
            _database = database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Writes a group, synced, and drops a few groups that are settled.</summary>
    public void Append(long group, ReadOnlySpan<byte> block, long settledThrough)
    {
        _insert!.Bind(1, group).Bind(2, block);
        if (_droppedThrough >= settledThrough)
        {
            _insert.Run();
            return;
        }

        var dropThrough = Math.Min(settledThrough, _droppedThrough + DroppedPerAppend);
        _begin!.Run();
        _insert.Run();
        _delete!.Bind(1, dropThrough).Run();
        _commit!.Run();
        _droppedThrough = dropThrough;
    }

    public bool Contains(long group)
    {
        _contains!.Bind(1, group).Step();
        var found = _contains.Int64(0) > 0;
        _contains.Reset();
        return found;
    }

    /// <summary>Hands the groups after <paramref name="settledThrough"/> to <paramref name="each"/>, in log order.</summary>
    /// <returns>The last group in the file, or <paramref name="settledThrough"/>.</returns>
    public long Read(long settledThrough, Action<long, string, Conversations.Events.ConversationEvent[]> each)
    {
        var last = settledThrough;
        var rows = _database!.Prepare("SELECT id, block FROM journal WHERE id > ? ORDER BY id").Bind(1, settledThrough);
        while (rows.Step())
        {
            last = rows.Int64(0);
            GroupCodec.Decode(path, last, rows.Blob(1), (conversation, events) => each(last, conversation, events));
        }

        return last;
    }

    /// <summary>Writes something small, to find out whether writing works.</summary>
    public void Probe() => _database!.Execute($"PRAGMA user_version={Schema.Journal.Length}");

    public (int Log, int Done) CheckpointPassive() => _database!.CheckpointPassive();

    public void CheckpointTruncate() => _database!.CheckpointTruncate();

    /// <summary>Drops all settled groups and folds the log into the file: the orderly end.</summary>
    public void Finish(long settledThrough)
    {
        _delete!.Bind(1, settledThrough).Run();
        _database!.CheckpointTruncate();
        _database.RemoveLogOnClose();
    }

    public void Dispose()
    {
        _database?.Dispose();
        _database = null;
    }
}
