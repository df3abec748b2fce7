using SQLitePCL;

namespace Parley.Journal.Sqlite;

/// <summary>
/// A connection to one file in WAL mode with <c>synchronous=FULL</c>. Closing it never checkpoints: what is in the write-ahead log
/// stays there, so that opening anew finds exactly what the file holds, not what this process believed.
/// </summary>
internal sealed class Database : IDisposable
{
    private const int NoCheckpointOnClose = 1006;
    private readonly List<Statement> _statements = [];
    private readonly sqlite3 _handle;

    static Database() => Batteries_V2.Init();

    /// <param name="path">The file; made when there is none.</param>
    /// <param name="vfs">The name of SQLite's file layer, or null for its own.</param>
    /// <param name="cacheKilobytes">Page cache of this connection.</param>
    /// <param name="autoCheckpointPages">Pages in the log after which a commit checkpoints; 0 for never.</param>
    /// <param name="isReadOnly">Leaves the file and its log as they are; then the file must be there.</param>
    /// <exception cref="SqliteFailureException">The file cannot be opened.</exception>
    public Database(string path, string? vfs, int cacheKilobytes, int autoCheckpointPages, bool isReadOnly = false)
    {
        Path = path;
        var flags = (isReadOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE) | raw.SQLITE_OPEN_NOMUTEX;
        var code = raw.sqlite3_open_v2(path, out _handle, flags, vfs);
        try
        {
            Check(code, "opening");
            raw.sqlite3_extended_result_codes(_handle, 1);
            raw.sqlite3_busy_timeout(_handle, 2000);
            Check(raw.sqlite3_db_config(_handle, NoCheckpointOnClose, 1, out _), "configuring");
            if (!isReadOnly)
            {
                Execute("PRAGMA page_size=4096");
                Execute("PRAGMA journal_mode=WAL");
                Execute("PRAGMA synchronous=FULL");
            }

            Execute($"PRAGMA wal_autocheckpoint={autoCheckpointPages}");
            Execute($"PRAGMA cache_size=-{cacheKilobytes}");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Path { get; }

    /// <summary>A statement that lives as long as the connection.</summary>
    public Statement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle), sql);
        var statement = new Statement(this, handle, sql);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>Runs a statement once and returns the first column of its first row, 0 when there is none.</summary>
    public long Execute(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out var handle), sql);
        using var statement = new Statement(this, handle, sql);
        long result = 0;
        for (var first = true; statement.Step(); first = false)
        {
            if (first) result = statement.Int64(0);
        }

        return result;
    }

    /// <summary>Runs <paramref name="work"/> in a write transaction; after an exception nothing of it remains in this connection.</summary>
    public void Transaction(Action work)
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            work();
            Execute("COMMIT");
        }
        catch
        {
            if (raw.sqlite3_get_autocommit(_handle) == 0) raw.sqlite3_exec(_handle, "ROLLBACK");
            throw;
        }
    }

    /// <summary>Moves what it can of the log into the file, without waiting for anybody.</summary>
    /// <returns>Pages in the log and how many of them are in the file.</returns>
    public (int Log, int Done) CheckpointPassive()
    {
        var code = raw.sqlite3_wal_checkpoint_v2(_handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var log, out var done);
        if (code == raw.SQLITE_BUSY) return (int.MaxValue, 0);
        Check(code, "checkpoint");
        return (log, done);
    }

    /// <summary>Moves all of the log into the file, synced, and empties the log.</summary>
    /// <exception cref="SqliteFailureException">A write failed, or somebody still reads from the log.</exception>
    public void CheckpointTruncate() =>
        Check(raw.sqlite3_wal_checkpoint_v2(_handle, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _), "checkpoint");

    /// <summary>Lets the closing of the last connection remove the log: for an orderly end.</summary>
    public void RemoveLogOnClose() => raw.sqlite3_db_config(_handle, NoCheckpointOnClose, 0, out _);

    public void Check(int code, string what)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
            throw new SqliteFailureException(Path, what, raw.sqlite3_extended_errcode(_handle), raw.sqlite3_errmsg(_handle).utf8_to_string());
    }

    public void Dispose()
    {
        foreach (var statement in _statements) statement.Dispose();
        _handle?.Dispose();
    }
}
