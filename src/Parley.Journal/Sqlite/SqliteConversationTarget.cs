using Parley.Journal.Moving;
using Parley.Journal.Tails;

namespace Parley.Journal.Sqlite;

/// <summary><c>messages.db</c>, filled as settling fills it. <c>journal.db</c> is made by the first server.</summary>
internal sealed class SqliteConversationTarget : IConversationTarget
{
    private readonly string _path;
    private readonly MessageFile _file;

    /// <exception cref="IOException">The file cannot be opened or written.</exception>
    public SqliteConversationTarget(string folder)
    {
        _path = Path.Combine(folder, "messages.db");
        _file = new MessageFile(_path, vfs: null);
        _file.Open();
    }

    public string? LastConversation => Read<string?>("SELECT id FROM conversation ORDER BY id DESC LIMIT 1", row => row.Text(0));

    public StoredPlace? LastEvent => Read<StoredPlace?>(
        "SELECT dialog, last FROM message ORDER BY dialog DESC, sequence DESC LIMIT 1", row => new StoredPlace(row.Text(0), row.Int64(1)));

    public void Add(TailGeneration batch)
    {
        batch.LastGroups[this] = _file.SettledThrough + 1;
        _file.Settle(batch);
    }

    public (long Participations, long EventIds) CountIndexed() => Read(
        "SELECT (SELECT COUNT(*) FROM participation), (SELECT COUNT(*) FROM event_id)", row => (row.Int64(0), row.Int64(1)));

    public void Finish() => _file.Finish();

    public void Dispose() => _file.Dispose();

    private T? Read<T>(string sql, Func<Statement, T> read)
    {
        using var database = new Database(_path, vfs: null, cacheKilobytes: 1024, autoCheckpointPages: 0, isReadOnly: true);
        var rows = database.Prepare(sql);
        return rows.Step() ? read(rows) : default;
    }
}
