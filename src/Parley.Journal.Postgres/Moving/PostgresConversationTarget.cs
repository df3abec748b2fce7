using Npgsql;
using Parley.Journal.Moving;
using Parley.Journal.Postgres.Settling;
using Parley.Journal.Postgres.Sharding;
using Parley.Journal.Tails;

namespace Parley.Journal.Postgres.Moving;

/// <summary>The final tables, filled as settling fills them, while nobody owns a shard.</summary>
/// <param name="database">Has the journal's tables.</param>
internal sealed class PostgresConversationTarget(NpgsqlDataSource database) : IConversationTarget
{
    public string? LastConversation => Read<string?>("SELECT id FROM conversation ORDER BY id DESC LIMIT 1", row => row.GetString(0));

    public StoredPlace? LastEvent => Read<StoredPlace?>(
        "SELECT dialog, sequence FROM message ORDER BY dialog DESC, sequence DESC LIMIT 1", row => new StoredPlace(row.GetString(0), row.GetInt64(1)));

    public void Add(TailGeneration batch)
    {
        using var connection = database.OpenConnection();
        using var transaction = connection.BeginTransaction();
        SettledRows.CopyMessages(connection, batch.Dialogs);
        using (var rows = new NpgsqlBatch(connection))
        {
            SettledRows.Add(rows, [.. batch.Conversations.Values]);
            rows.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    public (long Participations, long EventIds) CountIndexed() => Read(
        "SELECT (SELECT count(*) FROM participation), (SELECT count(*) FROM message WHERE event_id IS NOT NULL)", row => (row.GetInt64(0), row.GetInt64(1)));

    public void Finish() => Read("ANALYZE message, conversation, participation", _ => 0);

    public void Dispose()
    {
    }

    private T? Read<T>(string sql, Func<NpgsqlDataReader, T> read)
    {
        using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        using var rows = command.ExecuteReader();
        return rows.Read() ? read(rows) : default;
    }
}
