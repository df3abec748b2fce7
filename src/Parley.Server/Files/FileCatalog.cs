using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Parley.Conversations;
using Parley.Server.Identity;

namespace Parley.Server.Files;

/// <summary>
/// <c>files.db</c>: which files there are, whose they are and where they were shared. Every file in the store has a row here
/// from before its first byte until after its last, so that nothing is left behind by a crash. What a call wrote is synced
/// when it returns.
/// </summary>
internal sealed class FileCatalog : IDisposable
{
    private const int Arriving = 0;
    private const int Stored = 1;
    private const int Condemned = 2;

    // A migration is never edited once released; changes are appended.
    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE files (path TEXT PRIMARY KEY, account TEXT NOT NULL, uploader TEXT NOT NULL, state INTEGER NOT NULL,
            bytes INTEGER NOT NULL, added_ts INTEGER NOT NULL, shares INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX files_unshared ON files (added_ts) WHERE shares = 0;
        CREATE INDEX files_unshared_by_uploader ON files (account, uploader) WHERE shares = 0;
        CREATE TABLE shares (id INTEGER PRIMARY KEY, path TEXT NOT NULL REFERENCES files, conversation TEXT NOT NULL, dialog TEXT NOT NULL,
            audience INTEGER NOT NULL, first_sequence INTEGER NOT NULL);
        CREATE INDEX shares_by_path ON shares (path);
        """,
    ];

    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConcurrentDictionary<string, long> _bytes;

    private FileCatalog(SqliteConnection connection)
    {
        _connection = connection;
        _bytes = new(connection.Query("SELECT account, SUM(bytes) FROM files GROUP BY account", row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1))));
    }

    /// <summary>Opens or creates the file, mode 0600.</summary>
    public static FileCatalog Open(string path) => new(SqliteFile.Open(path, Migrations));

    /// <summary>What the files of an account take, bytes.</summary>
    public long BytesOf(string accountId) => _bytes.GetValueOrDefault(accountId);

    /// <summary>A file begins to arrive.</summary>
    /// <returns>False when its uploader has so many already that were not shared.</returns>
    public Task<bool> TryAddAsync(FilePath path, string uploaderId, int mostUnshared, DateTimeOffset now) => RunAsync(db => db.Execute(
        """
        INSERT OR REPLACE INTO files (path, account, uploader, state, bytes, added_ts, shares) SELECT $1, $2, $3, $4, 0, $5, 0
        WHERE (SELECT COUNT(*) FROM files WHERE account = $2 AND uploader = $3 AND shares = 0) < $6
        """,
        path.ToString(), path.AccountId, uploaderId, Arriving, now.ToUnixTimeMilliseconds(), mostUnshared) == 1);

    /// <summary>A file has arrived whole.</summary>
    public async Task CompleteAsync(FilePath path, long bytes)
    {
        await RunAsync(db => db.Execute("UPDATE files SET state = $2, bytes = $3 WHERE path = $1", path.ToString(), Stored, bytes));
        _bytes.AddOrUpdate(path.AccountId, bytes, (_, sum) => sum + bytes);
    }

    /// <summary>A file is not in the store any more.</summary>
    public async Task ForgetAsync(FilePath path, long bytes = 0)
    {
        if (await RunAsync(db => db.Execute("DELETE FROM files WHERE path = $1", path.ToString())) == 0) return;
        _bytes.AddOrUpdate(path.AccountId, 0, (_, sum) => sum - bytes);
    }

    /// <summary>The file if it is whole and not about to be deleted.</summary>
    public Task<StoredFile?> FindAsync(FilePath path) => RunAsync(db => db.Query(
        "SELECT uploader, bytes FROM files WHERE path = $1 AND state = $2",
        row => new StoredFile(path, row.GetString(0), row.GetInt64(1)),
        path.ToString(), Stored).SingleOrDefault());

    /// <summary>Records that a file is about to be shared.</summary>
    /// <returns>The record's number, or null when there is no such file any more.</returns>
    public Task<long?> ShareAsync(FilePath path, SharedIn share) => RunAsync(db =>
    {
        if (db.Execute("UPDATE files SET shares = shares + 1 WHERE path = $1 AND state = $2", path.ToString(), Stored) == 0) return (long?)null;
        db.Execute(
            "INSERT INTO shares (path, conversation, dialog, audience, first_sequence) VALUES ($1, $2, $3, $4, $5)",
            path.ToString(), share.ConversationId, share.DialogId, (int)share.Audience, share.FirstSequence);
        return (long)db.Scalar("SELECT last_insert_rowid()")!;
    });

    /// <summary>What was about to be shared was not.</summary>
    public Task WithdrawAsync(FilePath path, long share) => RunAsync(db =>
        db.Execute("DELETE FROM shares WHERE id = $1", share)
        + db.Execute("UPDATE files SET shares = shares - 1 WHERE path = $1", path.ToString()));

    /// <summary>Where a file was shared, or somebody set out to share it.</summary>
    public Task<List<SharedIn>> SharesAsync(FilePath path) => RunAsync(db => db.Query(
        "SELECT conversation, dialog, audience, MIN(first_sequence) FROM shares WHERE path = $1 GROUP BY conversation, dialog, audience",
        row => new SharedIn(row.GetString(0), row.GetString(1), (Audience)row.GetInt32(2), row.GetInt64(3)),
        path.ToString()));

    /// <summary>Gives up files that came before a time and were never shared, and those given up before and still there.</summary>
    public Task<List<StoredFile>> CondemnAsync(DateTimeOffset before) => RunAsync(db =>
    {
        var until = before.ToUnixTimeMilliseconds();
        db.Execute("UPDATE files SET state = $2 WHERE shares = 0 AND added_ts <= $1", until, Condemned);
        return db.Query(
            "SELECT path, uploader, bytes FROM files WHERE shares = 0 AND added_ts <= $1",
            row => new StoredFile(FilePath.TryParse(row.GetString(0), out var path) ? path : throw new InvalidDataException("files.db names a file that is none"), row.GetString(1), row.GetInt64(2)),
            until);
    });

    public void Dispose()
    {
        _connection.Dispose();
        _turn.Dispose();
    }

    // One at a time, off the caller's thread, each in one transaction.
    private async Task<T> RunAsync<T>(Func<SqliteConnection, T> work)
    {
        await _turn.WaitAsync();
        try
        {
            return await Task.Run(() =>
            {
                using var transaction = _connection.BeginTransaction(deferred: true);
                var result = work(_connection);
                transaction.Commit();
                return result;
            });
        }
        finally
        {
            _turn.Release();
        }
    }
}
