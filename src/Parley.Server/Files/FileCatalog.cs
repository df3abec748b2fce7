using System.Collections.Concurrent;
using Parley.Conversations;
using Parley.Server.Storage;

namespace Parley.Server.Files;

/// <summary>
/// Which files there are, whose they are and where they were shared. Every file in the store has a row here
/// from before its first byte until after its last, so that nothing is left behind by a crash. What a call wrote is synced
/// when it returns.
/// </summary>
internal sealed class FileCatalog : IDisposable
{
    /// <summary>The state of a file that is whole and not about to be deleted.</summary>
    internal const int Stored = 1;

    private const int Arriving = 0;
    private const int Condemned = 2;

    /// <summary>The tables of <c>files.db</c>. A migration is never edited once released; changes are appended.</summary>
    internal static readonly string[] Migrations =
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

    private readonly ITables _tables;
    private readonly ConcurrentDictionary<string, long> _bytes;

    private FileCatalog(ITables tables, IEnumerable<KeyValuePair<string, long>> bytes) => (_tables, _bytes) = (tables, new(bytes));

    /// <summary>Opens or creates the file <c>files.db</c>, mode 0600.</summary>
    public static Task<FileCatalog> OpenAsync(string path) => OpenAsync(new SqliteTables(path, Migrations));

    /// <summary>Opens the catalogue that some tables hold; they become its own.</summary>
    public static async Task<FileCatalog> OpenAsync(ITables tables) => new(tables, await tables.RunAsync(db => db.Query(
        "SELECT account, CAST(SUM(bytes) AS BIGINT) FROM files GROUP BY account", row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1)))));

    /// <summary>Whether other nodes use it too.</summary>
    public bool IsShared => _tables.AreShared;

    /// <summary>What the files of an account take, bytes. Files that came to another process may count only once one has come here.</summary>
    public long BytesOf(string accountId) => _bytes.GetValueOrDefault(accountId);

    /// <summary>A file begins to arrive.</summary>
    /// <returns>False when its uploader has so many already that were not shared, or when it has arrived, or is arriving, on another node.</returns>
    public Task<bool> TryAddAsync(FilePath path, string uploaderId, int mostUnshared, DateTimeOffset now) => _tables.RunAsync(db => db.Execute(
        """
        INSERT INTO files (path, account, uploader, state, bytes, added_ts, shares) SELECT $1, $2, $3, $4, 0, $5, 0
        WHERE (SELECT COUNT(*) FROM files WHERE account = $2 AND uploader = $3 AND shares = 0) < $6
        ON CONFLICT (path) DO NOTHING
        """,
        path.ToString(), path.AccountId, uploaderId, Arriving, now.ToUnixTimeMilliseconds(), mostUnshared) == 1);

    /// <summary>A file has arrived whole.</summary>
    public Task CompleteAsync(FilePath path, long bytes) => CountAsync(
        path, bytes, db => db.Execute("UPDATE files SET state = $2, bytes = $3 WHERE path = $1", path.ToString(), Stored, bytes));

    /// <summary>A file is not in the store any more.</summary>
    public Task ForgetAsync(FilePath path, long bytes = 0) => CountAsync(path, -bytes, db => db.Execute("DELETE FROM files WHERE path = $1", path.ToString()));

    /// <summary>The file if it is whole and not about to be deleted.</summary>
    public Task<StoredFile?> FindAsync(FilePath path) => _tables.RunAsync(db => db.Query(
        "SELECT uploader, bytes FROM files WHERE path = $1 AND state = $2",
        row => new StoredFile(path, row.GetString(0), row.GetInt64(1)),
        path.ToString(), Stored).SingleOrDefault());

    /// <summary>Records that a file is about to be shared.</summary>
    /// <returns>The record's number, or null when there is no such file any more.</returns>
    public Task<long?> ShareAsync(FilePath path, SharedIn share) => _tables.RunAsync(db =>
    {
        if (db.Execute("UPDATE files SET shares = shares + 1 WHERE path = $1 AND state = $2", path.ToString(), Stored) == 0) return (long?)null;
        return (long)db.Scalar(
            "INSERT INTO shares (path, conversation, dialog, audience, first_sequence) VALUES ($1, $2, $3, $4, $5) RETURNING id",
            path.ToString(), share.ConversationId, share.DialogId, (int)share.Audience, share.FirstSequence)!;
    });

    /// <summary>What was about to be shared was not.</summary>
    public Task WithdrawAsync(FilePath path, long share) => _tables.RunAsync(db =>
        db.Execute("DELETE FROM shares WHERE id = $1", share)
        + db.Execute("UPDATE files SET shares = shares - 1 WHERE path = $1", path.ToString()));

    /// <summary>Where a file was shared, or somebody set out to share it.</summary>
    public Task<List<SharedIn>> SharesAsync(FilePath path) => _tables.RunAsync(db => db.Query(
        "SELECT conversation, dialog, audience, MIN(first_sequence) FROM shares WHERE path = $1 GROUP BY conversation, dialog, audience",
        row => new SharedIn(row.GetString(0), row.GetString(1), (Audience)row.GetInt32(2), row.GetInt64(3)),
        path.ToString()));

    /// <summary>Gives up files that came before a time and were never shared, and those given up before and still there.</summary>
    public Task<List<StoredFile>> CondemnAsync(DateTimeOffset before) => _tables.RunAsync(db =>
    {
        var until = before.ToUnixTimeMilliseconds();
        db.Execute("UPDATE files SET state = $2 WHERE shares = 0 AND added_ts <= $1", until, Condemned);
        return db.Query(
            "SELECT path, uploader, bytes FROM files WHERE shares = 0 AND state = $2 AND added_ts <= $1",
            row => new StoredFile(FilePath.TryParse(row.GetString(0), out var path) ? path : throw new InvalidDataException("the catalogue names a file that is none"), row.GetString(1), row.GetInt64(2)),
            until, Condemned);
    });

    public void Dispose() => _tables.Dispose();

    // Who has the tables alone adds up in memory; the others ask for the sum.
    private async Task CountAsync(FilePath path, long bytes, Func<Statements, int> change)
    {
        var (isChanged, sum) = await _tables.RunAsync(db => (change(db) == 1, _tables.AreShared
            ? db.Scalar("SELECT CAST(SUM(bytes) AS BIGINT) FROM files WHERE account = $1", path.AccountId) as long? ?? 0 : (long?)null));
        if (isChanged) _bytes.AddOrUpdate(path.AccountId, sum ?? bytes, (_, before) => sum ?? before + bytes);
    }
}
