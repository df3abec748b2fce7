using System.Data.Common;
using Parley.Server.Storage;

namespace Parley.Accounts.Postgres.Following;

/// <summary>
/// Keeps followed tables in memory as the log of changes says. Not for several threads. Invariant: whoever writes has the
/// writers' lock from before his first number in the log until after his commit is seen, and the sequence hands out no numbers in
/// advance; so numbers are committed in ascending order, and whoever has applied one and reads those above it misses none.
/// </summary>
internal sealed class ChangeLog(long applied)
{
    /// <summary>More changes than this are not applied one by one: everything is read anew.</summary>
    private const int Most = 5_000;

    /// <summary>The same for one table.</summary>
    private const int MostOfTable = 200;

    private readonly List<IFollowedTable> _tables = [];
    private long _applied = applied;

    /// <summary>The highest number that is in memory.</summary>
    public long Applied => Volatile.Read(ref _applied);

    public static long Newest(Statements db) => (long)db.Scalar("SELECT COALESCE(max(id), 0) FROM account_change")!;

    public void Follow(Statements db, IFollowedTable table)
    {
        table.Read(db, keys: null)();
        _tables.Add(table);
    }

    /// <summary>Takes into memory what was committed since.</summary>
    /// <param name="db">Sees one state of log and tables.</param>
    public void CatchUp(Statements db)
    {
        var changes = db.Query(
            """SELECT (SELECT min(id) FROM account_change), id, "table", key FROM account_change WHERE id > $1 ORDER BY id LIMIT $2""", Read, _applied, Most + 1);
        if (changes.Count == 0) return;

        // The newest change is never purged, so that the oldest shows whether some were purged that are missing here. A number that
        // was never committed looks the same: then all is read once for nothing.
        var isWhole = changes.Count <= Most && changes[0].OldestId <= _applied + 1;
        var last = isWhole ? changes[^1].Id : Newest(db);
        var keys = changes.ToLookup(change => change.Table, change => change.Key, StringComparer.Ordinal);
        var publications = (from table in _tables
                            where !isWhole || keys.Contains(table.Name)
                            select table.Read(db, isWhole ? Distinct(keys[table.Name]) : null)).ToList();
        publications.ForEach(publish => publish());
        IsIn(last);
    }

    /// <summary>Tells other nodes, when this transaction commits, what it has logged.</summary>
    /// <returns>The highest number then.</returns>
    public long Announce(Statements db) => db.Scalar(
        $"SELECT id, pg_notify('{AccountTables.Channel}', id::text) FROM (SELECT max(id) AS id FROM account_change) newest WHERE id > $1", _applied) as long? ?? _applied;

    /// <summary>What was logged up to a number is in memory.</summary>
    public void IsIn(long id) => Volatile.Write(ref _applied, id);

    /// <summary>Removes changes that everybody knows but who was away for a day.</summary>
    public static void Purge(Statements db) =>
        db.Execute("DELETE FROM account_change WHERE at < now() - interval '1 day' AND id < (SELECT max(id) FROM account_change)");

    private static LoggedChange Read(DbDataReader row) =>
        new(row.GetInt64(0), row.GetInt64(1), row.GetString(2), Array.ConvertAll(row.GetFieldValue<string[]>(3), StorableText.Original));

    // The parts of a key contain no line break twice: joined, they are as different as before.
    private static List<string[]>? Distinct(IEnumerable<string[]> keys)
    {
        List<string[]> distinct = [.. keys.DistinctBy(key => string.Join("\n\n", key))];
        return distinct.Count > MostOfTable ? null : distinct;
    }
}
