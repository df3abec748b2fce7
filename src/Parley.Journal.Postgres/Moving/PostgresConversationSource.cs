using System.Data;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Parley.Conversations;
using Parley.Journal.Encoding;
using Parley.Journal.Moving;
using Parley.Journal.Postgres.Reading;

namespace Parley.Journal.Postgres.Moving;

/// <summary>The journal's tables, read only and in one snapshot, while nobody owns a shard.</summary>
internal sealed class PostgresConversationSource : IConversationSource
{
    private const int Page = 2_000;

    private readonly NpgsqlConnection _connection;
    private readonly UnsettledContent _unsettled;

    /// <exception cref="JournalCorruptException">A stored block is damaged.</exception>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public PostgresConversationSource(NpgsqlDataSource database)
    {
        _connection = database.OpenConnection();
        try
        {
            _connection.BeginTransaction(IsolationLevel.RepeatableRead);
            Position = Number("SELECT sum(epoch)::bigint FROM shard");
            _unsettled = new UnsettledContent(new UnsettledRows(database, new StoredMessages(database)).TailOfAllBut([]));
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>How often shards were taken over: nothing is committed without it.</summary>
    public long Position { get; }

    public long SettledConversations => Number("SELECT count(*) FROM conversation");

    public IEnumerable<Conversation> Conversations(string? after) => _unsettled.Over(Settled(after ?? ""), after);

    public IEnumerable<StoredEvent> Events(StoredPlace? after) => _unsettled.Over(Settled(after ?? new StoredPlace("", -1)), after);

    public void Dispose() => _connection.Dispose();

    private IEnumerable<Conversation> Settled(string after)
    {
        for (List<Conversation> page; ; after = page[^1].Id)
        {
            page = Read(
                $"SELECT data FROM conversation WHERE id > $1 ORDER BY id LIMIT {Page}",
                row => JsonSerializer.Deserialize(row.GetFieldValue<byte[]>(0), JournalJson.Default.Conversation)!, Text(after));
            foreach (var conversation in page) yield return conversation;
            if (page.Count < Page) break;
        }
    }

    private IEnumerable<StoredEvent> Settled(StoredPlace after)
    {
        for (List<StoredEvent> page; ; after = page[^1].Place)
        {
            page = Read(
                $"SELECT dialog, sequence, body FROM message WHERE (dialog, sequence) > ($1, $2) ORDER BY dialog, sequence LIMIT {Page}",
                row => new StoredEvent(row.GetString(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2)), Text(after.DialogId), new NpgsqlParameter<long> { TypedValue = after.Sequence });
            foreach (var e in page) yield return e;
            if (page.Count < Page) break;
        }
    }

    private static NpgsqlParameter Text(string value) => new NpgsqlParameter<string> { TypedValue = StoredText.Of(value), NpgsqlDbType = NpgsqlDbType.Text };

    private long Number(string sql) => Read(sql, row => row.GetInt64(0))[0];

    private List<T> Read<T>(string sql, Func<NpgsqlDataReader, T> read, params NpgsqlParameter[] parameters)
    {
        using var command = new NpgsqlCommand(sql, _connection) { CommandTimeout = 0 };
        command.Parameters.AddRange(parameters);
        using var rows = command.ExecuteReader();
        var found = new List<T>();
        while (rows.Read()) found.Add(read(rows));
        return found;
    }
}
