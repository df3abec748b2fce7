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
    private const string ByStage = "SELECT data FROM conversation WHERE account = $1 AND stage = $2 AND updated BETWEEN $3 AND $4 AND id <> ALL($5) ORDER BY updated DESC LIMIT $6";
    private const string ByConsumer = """
        SELECT data FROM conversation
        WHERE account = $1 AND consumer = $7 AND stage = $2 AND updated BETWEEN $3 AND $4 AND id <> ALL($5) ORDER BY updated DESC LIMIT $6
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

    /// <summary>Adds the matching rows whose id is not in <paramref name="except"/>, most recently updated first, at most the query's limit.</summary>
    public void Query(ConversationQuery query, Stage stage, IReadOnlyCollection<string> except, List<Conversation> into)
    {
        using var command = Command(
            query.ConsumerId is null ? ByStage : ByConsumer,
            Text(query.AccountId), new NpgsqlParameter<short> { TypedValue = (short)stage }, Number(query.UpdatedFrom ?? long.MinValue),
            Number(query.UpdatedThrough ?? long.MaxValue), Texts(except), Number(query.Limit));
        if (query.ConsumerId is { } consumer) command.Parameters.Add(Text(consumer));
        using var rows = command.ExecuteReader();
        while (rows.Read()) into.Add(DecodeState(rows.GetFieldValue<byte[]>(0)));
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
