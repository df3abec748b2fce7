using System.Data;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Parley.Conversations;
using Parley.Conversations.Events;
using Parley.Journal.Encoding;

namespace Parley.Journal.Postgres.Reading;

/// <summary>Reads the settled tables.</summary>
internal sealed class StoredMessages(NpgsqlDataSource database)
{
    private const int Piece = 256;

    // Of one stage each: what is common to both has no order by time.
    private const string ByAccount = "SELECT data FROM conversation WHERE account = $1 AND stage = $2 AND updated BETWEEN $3 AND $4 AND id <> ALL($5) ORDER BY updated DESC";
    private const string ByConsumer = """
        SELECT data FROM conversation WHERE account = $1 AND consumer = $6 AND stage = $2 AND updated BETWEEN $3 AND $4 AND id <> ALL($5) ORDER BY updated DESC
        """;
    private const string ByAgent = """
        SELECT data FROM participation p JOIN conversation ON id = p.conversation
        WHERE p.account = $1 AND p.agent = $6 AND p.stage = $2 AND p.updated BETWEEN $3 AND $4 AND p.conversation <> ALL($5) ORDER BY p.updated DESC
        """;

    public Conversation? Load(string id) => First("SELECT data FROM conversation WHERE id = $1", DecodeState, Text(id));

    /// <summary>The states of those that there are, by id.</summary>
    public Dictionary<string, Conversation> Load(IReadOnlyCollection<string> ids)
    {
        var found = new Dictionary<string, Conversation>();
        if (ids.Count == 0) return found;
        using var command = Command("SELECT data FROM conversation WHERE id = ANY($1)", Texts(ids));
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var state = DecodeState(rows.GetFieldValue<byte[]>(0));
            found.Add(state.Id, state);
        }

        return found;
    }

    public MessagePublished? Find(string dialogId, string originatorId, string eventId) => First(
        "SELECT body FROM message WHERE dialog = $1 AND originator = $2 AND event_id = $3",
        static body => MessageCodec.Read(body), Text(dialogId), Text(originatorId), Text(eventId));

    /// <summary>Adds the events from <paramref name="from"/> up to but not including <paramref name="before"/>; stops when <paramref name="isEnough"/> says so.</summary>
    public void Read(string dialogId, long from, long before, int maxEvents, List<MessagePublished> into, Predicate<MessagePublished> isEnough)
    {
        // In pieces: leaving a result early costs as much as reading it.
        for (var isOver = false; !isOver && into.Count < maxEvents;)
        {
            var piece = Math.Min(512, maxEvents - into.Count);
            using var command = Command(
                "SELECT body FROM message WHERE dialog = $1 AND sequence >= $2 AND sequence < $3 ORDER BY sequence LIMIT $4",
                Text(dialogId), Number(from), Number(before), Number(piece));
            using var rows = command.ExecuteReader();
            var count = 0;
            for (; !isOver && rows.Read(); count++)
            {
                var m = MessageCodec.Read(rows.GetFieldValue<byte[]>(0));
                into.Add(m);
                from = m.Sequence + 1;
                isOver = isEnough(m);
            }

            isOver |= count < piece;
        }
    }

    /// <summary>Adds the rows that match, of the consumer, of each of the agents or of the account: the newest whose id is not in <paramref name="except"/>.</summary>
    public void Query(ConversationQuery query, IReadOnlyCollection<string> except, Dictionary<string, Conversation> into)
    {
        using var connection = database.OpenConnection();
        using var transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead); // what changes meanwhile is neither missed nor found twice
        foreach (var stage in query.Stage is { } only ? [only] : Enum.GetValues<Stage>())
        {
            if (query.ConsumerId is { } consumerId) Find(ByConsumer, Text(consumerId));
            else if (query.AgentIds is not { } agents) Find(ByAccount);
            else foreach (var agent in agents.Distinct()) Find(ByAgent, Text(agent));

            void Find(string sql, params ReadOnlySpan<NpgsqlParameter> whose) => Query(connection, query, into, sql,
                [
                    Text(query.AccountId), new NpgsqlParameter<short> { TypedValue = (short)stage }, Number(query.UpdatedFrom ?? long.MinValue),
                    Number(query.UpdatedThrough ?? long.MaxValue), Texts(except), .. whose,
                ]);
        }
    }

    // By a cursor, a piece at a time: leaving a result early costs as much as reading it.
    private static void Query(NpgsqlConnection connection, ConversationQuery query, Dictionary<string, Conversation> into, string sql, NpgsqlParameter[] parameters)
    {
        using var declare = new NpgsqlCommand($"DECLARE found NO SCROLL CURSOR FOR {sql}", connection);
        declare.Parameters.AddRange(parameters);
        declare.ExecuteNonQuery();
        for (int left = query.Limit, wanted, got; left > 0; left = got < wanted ? 0 : left)
        {
            (wanted, got) = (Math.Min(left, Piece), 0);
            using var fetch = new NpgsqlCommand($"FETCH {wanted} FROM found", connection);
            using var rows = fetch.ExecuteReader();
            for (; rows.Read(); got++)
            {
                var state = DecodeState(rows.GetFieldValue<byte[]>(0));
                if (query.Matches(state) && into.TryAdd(state.Id, state)) left--;
            }
        }

        using var close = new NpgsqlCommand("CLOSE found", connection);
        close.ExecuteNonQuery();
    }

    private static Conversation DecodeState(byte[] json) => JsonSerializer.Deserialize(json, JournalJson.Default.Conversation)!;

    private static NpgsqlParameter Text(string value) => new NpgsqlParameter<string> { TypedValue = StoredText.Of(value) };

    private static NpgsqlParameter Texts(IEnumerable<string> values) =>
        new NpgsqlParameter<string[]> { TypedValue = [.. values.Select(StoredText.Of)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static NpgsqlParameter Number(long value) => new NpgsqlParameter<long> { TypedValue = value };

    private T? First<T>(string sql, Func<byte[], T> decode, params NpgsqlParameter[] parameters) where T : class
    {
        using var command = Command(sql, parameters);
        return command.ExecuteScalar() is byte[] value ? decode(value) : null;
    }

    private NpgsqlCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return command;
    }
}
