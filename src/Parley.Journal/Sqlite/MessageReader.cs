using System.Text.Json;
using Parley.Conversations;
using Parley.Conversations.Events;
using Parley.Journal.Encoding;

namespace Parley.Journal.Sqlite;

/// <summary>A reading connection to <c>messages.db</c>, for one caller at a time.</summary>
internal sealed class MessageReader : IDisposable
{
    private const long NoStage = -1;

    private readonly Database _database;
    private readonly Statement _load, _find, _read, _byAccount, _byConsumer, _byAgent;

    public MessageReader(string path, string? vfs)
    {
        _database = new Database(path, vfs, cacheKilobytes: 8 * 1024, autoCheckpointPages: 0);
        try
        {
            _load = _database.Prepare(Queries.Load);
            _find = _database.Prepare(Queries.Find);
            _read = _database.Prepare(Queries.Read);
            _byAccount = _database.Prepare(Queries.ByAccount);
            _byConsumer = _database.Prepare(Queries.ByConsumer);
            _byAgent = _database.Prepare(Queries.ByAgent);
        }
        catch
        {
            _database.Dispose();
            throw;
        }
    }

    public Conversation? Load(string id) => First(_load.Bind(1, id), s => Decode(s.Blob(0)));

    public MessagePublished? Find(string dialogId, string originatorId, string eventId)
    {
        if (First<long?>(_find.Bind(1, dialogId).Bind(2, originatorId).Bind(3, eventId), s => s.Int64(0)) is not { } sequence) return null;
        var found = new List<MessagePublished>(1);
        Read(dialogId, sequence, sequence + 1, maxEvents: 1, found, static _ => true);
        return found[0];
    }

    /// <summary>
    /// Adds the events from <paramref name="from"/> up to but not including <paramref name="before"/>, at most so many; stops when
    /// <paramref name="isEnough"/> says so.
    /// </summary>
    public void Read(string dialogId, long from, long before, int maxEvents, List<MessagePublished> into, Predicate<MessagePublished> isEnough)
    {
        _read.Bind(1, dialogId).Bind(2, from).Bind(3, before);
        try
        {
            while (into.Count < maxEvents && _read.Step())
            {
                var body = _read.Blob(2);
                if (_read.IsNull(1))
                {
                    if (IsLast(body)) return;
                    continue;
                }

                var run = new ByteReader(body);
                for (var sequence = _read.Int64(0); !run.AtEnd; sequence++)
                {
                    var packed = run.Bytes(out _);
                    if (sequence < from) continue;
                    if (sequence >= before || into.Count == maxEvents || IsLast(packed)) return;
                }
            }
        }
        finally
        {
            _read.Reset();
        }

        bool IsLast(ReadOnlySpan<byte> packed)
        {
            var m = MessageCodec.Read(packed);
            into.Add(m);
            return isEnough(m);
        }
    }

    /// <summary>Adds the rows that match, of the consumer, of each of the agents or of the account: the newest whose id is not in <paramref name="except"/>.</summary>
    public void Query(ConversationQuery query, IReadOnlyDictionary<string, Conversation> except, Dictionary<string, Conversation> into)
    {
        if (query.ConsumerId is { } consumerId) Query(_byConsumer.Bind(6, consumerId), query, except, into);
        else if (query.AgentIds is not { } agents) Query(_byAccount, query, except, into);
        else foreach (var agent in agents) Query(_byAgent.Bind(6, agent), query, except, into);
    }

    public void Dispose() => _database.Dispose();

    private static T? First<T>(Statement statement, Func<Statement, T> read)
    {
        try
        {
            return statement.Step() ? read(statement) : default;
        }
        finally
        {
            statement.Reset();
        }
    }

    private static void Query(Statement rows, ConversationQuery query, IReadOnlyDictionary<string, Conversation> except, Dictionary<string, Conversation> into)
    {
        var (stage, other) = query.Stage is { } only ? ((long)only, NoStage) : ((long)Stage.Open, (long)Stage.Close);
        rows.Bind(1, query.AccountId).Bind(2, query.UpdatedFrom ?? long.MinValue).Bind(3, query.UpdatedThrough ?? long.MaxValue).Bind(4, stage).Bind(5, other);
        try
        {
            for (var left = query.Limit; left > 0 && rows.Step();)
            {
                var id = rows.Text(0);
                if (except.ContainsKey(id) || into.ContainsKey(id)) continue;
                var state = Decode(rows.Blob(1));
                if (!query.Matches(state)) continue;
                into.Add(id, state);
                left--;
            }
        }
        finally
        {
            rows.Reset();
        }
    }

    private static Conversation Decode(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, JournalJson.Default.Conversation)!;
}
