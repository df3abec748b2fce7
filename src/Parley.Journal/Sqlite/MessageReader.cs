using System.Text.Json;
using Parley.Conversations;
using Parley.Conversations.Events;
using Parley.Journal.Encoding;

namespace Parley.Journal.Sqlite;

/// <summary>A reading connection to <c>messages.db</c>, for one caller at a time.</summary>
internal sealed class MessageReader : IDisposable
{
    private readonly Database _database;
    private readonly Statement _load, _find, _read, _byStage, _byConsumer;

    public MessageReader(string path, string? vfs)
    {
        _database = new Database(path, vfs, cacheKilobytes: 8 * 1024, autoCheckpointPages: 0);
        try
        {
            _load = _database.Prepare("SELECT data FROM conversation WHERE id = ?");
            _find = _database.Prepare("SELECT body FROM message WHERE dialog = ? AND originator = ? AND event_id = ?");
            _read = _database.Prepare("SELECT body FROM message WHERE dialog = ? AND sequence >= ? AND sequence < ? ORDER BY sequence LIMIT ?");
            _byStage = _database.Prepare("SELECT id, data FROM conversation WHERE account = ?1 AND stage = ?2 AND updated BETWEEN ?3 AND ?5 ORDER BY updated DESC");
            _byConsumer = _database.Prepare(
                "SELECT id, data FROM conversation WHERE account = ?1 AND consumer = ?4 AND updated BETWEEN ?3 AND ?5 AND +stage = ?2 ORDER BY updated DESC");
        }
        catch
        {
            _database.Dispose();
            throw;
        }
    }

    public Conversation? Load(string id) => First(_load.Bind(1, id), s => Decode(s.Blob(0)));

    public MessagePublished? Find(string dialogId, string originatorId, string eventId) =>
        First(_find.Bind(1, dialogId).Bind(2, originatorId).Bind(3, eventId), s => MessageCodec.Read(s.Blob(0)));

    /// <summary>Adds the events from <paramref name="from"/> up to but not including <paramref name="before"/>; stops when <paramref name="isEnough"/> says so.</summary>
    public void Read(string dialogId, long from, long before, int maxEvents, List<MessagePublished> into, Predicate<MessagePublished> isEnough)
    {
        _read.Bind(1, dialogId).Bind(2, from).Bind(3, before).Bind(4, maxEvents);
        try
        {
            while (_read.Step())
            {
                var m = MessageCodec.Read(_read.Blob(0));
                into.Add(m);
                if (isEnough(m)) return;
            }
        }
        finally
        {
            _read.Reset();
        }
    }

    /// <summary>Adds the matching rows whose id is not in <paramref name="except"/>, most recently updated first, at most the query's limit.</summary>
    public void Query(ConversationQuery query, Stage stage, IReadOnlyDictionary<string, Conversation> except, List<Conversation> into)
    {
        var rows = query.ConsumerId is null ? _byStage : _byConsumer;
        rows.Bind(1, query.AccountId).Bind(2, (long)stage).Bind(3, query.UpdatedFrom ?? long.MinValue).Bind(5, query.UpdatedThrough ?? long.MaxValue);
        if (query.ConsumerId is not null) rows.Bind(4, query.ConsumerId);
        try
        {
            for (var left = query.Limit; left > 0 && rows.Step();)
            {
                if (except.ContainsKey(rows.Text(0))) continue;
                into.Add(Decode(rows.Blob(1)));
                left--;
            }
        }
        finally
        {
            rows.Reset();
        }
    }

    public void Dispose() => _database.Dispose();

    private static T? First<T>(Statement statement, Func<Statement, T> read) where T : class
    {
        try
        {
            return statement.Step() ? read(statement) : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    private static Conversation Decode(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, JournalJson.Default.Conversation)!;
}
