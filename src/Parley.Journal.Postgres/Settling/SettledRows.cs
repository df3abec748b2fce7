using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Parley.Conversations;
using Parley.Journal.Encoding;
using Parley.Journal.Postgres.Sharding;
using Parley.Journal.Tails;

namespace Parley.Journal.Postgres.Settling;

/// <summary>Rows of the final tables, as they are written in somebody's transaction.</summary>
internal static class SettledRows
{
    private const string Messages = "COPY message(dialog, sequence, originator, event_id, body) FROM STDIN (FORMAT BINARY)";
    private const string Conversations = """
        INSERT INTO conversation(id, shard, account, consumer, stage, updated, version, data)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT(id) DO UPDATE SET consumer = excluded.consumer, stage = excluded.stage, updated = excluded.updated, version = excluded.version, data = excluded.data
        """;
    private const string Leave = "DELETE FROM participation WHERE conversation = ANY($1)";
    private const string Join = "INSERT INTO participation(conversation, agent, account, stage, updated) SELECT * FROM unnest($1, $2, $3, $4, $5)";

    public static void CopyMessages(NpgsqlConnection connection, IEnumerable<KeyValuePair<string, TailDialog>> dialogs)
    {
        using var copy = connection.BeginBinaryImport(Messages);
        foreach (var (id, dialog) in dialogs)
        {
            var stored = StoredText.Of(id);
            var sequence = dialog.FirstSequence;
            foreach (var packed in dialog.Packed)
            {
                var (originatorId, eventId) = MessageCodec.ReadIds(packed.Span);
                copy.StartRow();
                copy.Write(stored, NpgsqlDbType.Text);
                copy.Write(sequence++, NpgsqlDbType.Bigint);
                copy.Write(StoredText.Of(originatorId), NpgsqlDbType.Text);
                if (eventId is null) copy.WriteNull();
                else copy.Write(StoredText.Of(eventId), NpgsqlDbType.Text);
                copy.Write(packed, NpgsqlDbType.Bytea);
            }
        }

        copy.Complete();
    }

    /// <summary>Adds to a batch what writes states in the place of earlier ones, and who takes part in them now.</summary>
    public static void Add(NpgsqlBatch batch, IReadOnlyList<Conversation> states)
    {
        Add(Conversations,
            Array(states.Select(s => StoredText.Of(s.Id)), NpgsqlDbType.Text),
            Array(states.Select(s => Shards.Of(s.Id)), NpgsqlDbType.Integer),
            Array(states.Select(s => StoredText.Of(s.AccountId)), NpgsqlDbType.Text),
            Array(states.Select(s => StoredText.Of(s.ConsumerId)), NpgsqlDbType.Text),
            Array(states.Select(s => (short)s.Stage), NpgsqlDbType.Smallint),
            Array(states.Select(s => s.LastTimestamp), NpgsqlDbType.Bigint),
            Array(states.Select(s => s.Version), NpgsqlDbType.Bigint),
            Array(states.Select(s => JsonSerializer.SerializeToUtf8Bytes(s, JournalJson.Default.Conversation)), NpgsqlDbType.Bytea));
        Add(Leave, Array(states.Select(s => StoredText.Of(s.Id)), NpgsqlDbType.Text));
        var agents = states.SelectMany(s => s.AgentIds, (s, agent) => (State: s, Agent: agent)).ToList();
        Add(Join,
            Array(agents.Select(a => StoredText.Of(a.State.Id)), NpgsqlDbType.Text),
            Array(agents.Select(a => StoredText.Of(a.Agent)), NpgsqlDbType.Text),
            Array(agents.Select(a => StoredText.Of(a.State.AccountId)), NpgsqlDbType.Text),
            Array(agents.Select(a => (short)a.State.Stage), NpgsqlDbType.Smallint),
            Array(agents.Select(a => a.State.LastTimestamp), NpgsqlDbType.Bigint));

        void Add(string sql, params NpgsqlParameter[] parameters)
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.AddRange(parameters);
            batch.BatchCommands.Add(command);
        }
    }

    private static NpgsqlParameter<T[]> Array<T>(IEnumerable<T> values, NpgsqlDbType type) => new() { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | type };
}
