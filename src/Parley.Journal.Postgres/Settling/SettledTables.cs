using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Parley.Journal.Encoding;
using Parley.Journal.Postgres.Sharding;
using Parley.Journal.Tails;

namespace Parley.Journal.Postgres.Settling;

/// <summary>The final tables, as the settling thread writes them: some shards a transaction, fenced like an append.</summary>
internal sealed class SettledTables(NpgsqlDataSource database, string owner, ShardOwnership ownership)
{
    // Bounds how long a takeover may have to wait for the locks.
    private const int RowsPerTransaction = 5_000;

    private const string State = "SELECT id, epoch, owner, settled_offset FROM shard WHERE id = ANY($1)";
    private const string Messages = "COPY message(dialog, sequence, originator, event_id, body) FROM STDIN (FORMAT BINARY)";
    private const string Conversations = """
        INSERT INTO conversation(id, shard, account, consumer, stage, updated, version, data)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT(id) DO UPDATE SET consumer = excluded.consumer, stage = excluded.stage, updated = excluded.updated, version = excluded.version, data = excluded.data
        """;
    private const string Leave = "DELETE FROM participation WHERE conversation = ANY($1)";
    private const string Join = "INSERT INTO participation(conversation, agent, account, stage, updated) SELECT * FROM unnest($1, $2, $3, $4, $5)";
    private const string Done = "UPDATE shard s SET settled_offset = d.settled FROM unnest($1, $2) AS d(shard, settled) WHERE s.id = d.shard";
    private const string Drop = "DELETE FROM journal j USING unnest($1, $2) AS d(shard, settled) WHERE j.shard = d.shard AND j.shard_offset <= d.settled";

    /// <summary>Stores a generation. What an earlier attempt stored is left out, and so is what is another node's now.</summary>
    /// <exception cref="NpgsqlException">The database does not answer, or refuses.</exception>
    /// <exception cref="JournalUnavailableException">It is being found out what became of a commit.</exception>
    public void Settle(TailGeneration generation)
    {
        var chunk = new List<SettlingShard>();
        foreach (var part in SettlingShard.Of(generation))
        {
            chunk.Add(part);
            if (chunk.Sum(p => p.Rows) < RowsPerTransaction) continue;
            Store(chunk);
            chunk.Clear();
        }

        Store(chunk);
    }

    // What is lost is said when the locks are free again.
    private void Store(List<SettlingShard> chunk)
    {
        var parts = chunk.FindAll(p => !p.Shard.IsOver);
        if (parts.Count > 0) ownership.Lose(StoreFenced(parts));
    }

    private List<OwnedShard> StoreFenced(List<SettlingShard> parts)
    {
        var epochs = parts.ConvertAll(p => p.Shard.Epoch);
        int[] numbers = [.. parts.Select(p => p.Shard.Number)];
        using var connection = database.OpenConnection();
        using var transaction = connection.BeginTransaction();
        var state = Lock(connection, numbers);
        var lost = new List<OwnedShard>();
        var missing = new List<SettlingShard>();
        foreach (var (part, written) in parts.Zip(epochs))
        {
            var (epoch, holder, settled) = state[part.Shard.Number];
            if (holder != owner) lost.Add(part.Shard);
            else if (epoch != written) throw new JournalUnavailableException("The outcome of a commit is being found out.");
            else if (settled < part.LastOffset) missing.Add(part);
        }

        if (missing.Count > 0)
        {
            CopyMessages(connection, missing);
            Write(connection, missing);
            transaction.Commit();
        }

        return lost;
    }

    private static Dictionary<int, (long Epoch, string Owner, long Settled)> Lock(NpgsqlConnection connection, int[] numbers)
    {
        using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(ShardLocks.Shared(numbers));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(State) { Parameters = { ShardLocks.Numbers(numbers) } });
        using var rows = batch.ExecuteReader();
        rows.NextResult();
        var state = new Dictionary<int, (long, string, long)>();
        while (rows.Read()) state.Add(rows.GetInt32(0), (rows.GetInt64(1), rows.GetString(2), rows.GetInt64(3)));
        return state;
    }

    private void CopyMessages(NpgsqlConnection connection, List<SettlingShard> parts)
    {
        using var copy = connection.BeginBinaryImport(Messages);
        foreach (var (id, dialog) in parts.SelectMany(p => p.Dialogs))
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

    private static void Write(NpgsqlConnection connection, List<SettlingShard> parts)
    {
        var states = parts.SelectMany(p => p.Conversations.Select(c => (Shard: p.Shard.Number, State: c))).ToList();
        using var batch = new NpgsqlBatch(connection);
        Add(Conversations,
            Array(states.Select(s => StoredText.Of(s.State.Id)), NpgsqlDbType.Text),
            Array(states.Select(s => s.Shard), NpgsqlDbType.Integer),
            Array(states.Select(s => StoredText.Of(s.State.AccountId)), NpgsqlDbType.Text),
            Array(states.Select(s => StoredText.Of(s.State.ConsumerId)), NpgsqlDbType.Text),
            Array(states.Select(s => (short)s.State.Stage), NpgsqlDbType.Smallint),
            Array(states.Select(s => s.State.LastTimestamp), NpgsqlDbType.Bigint),
            Array(states.Select(s => s.State.Version), NpgsqlDbType.Bigint),
            Array(states.Select(s => JsonSerializer.SerializeToUtf8Bytes(s.State, JournalJson.Default.Conversation)), NpgsqlDbType.Bytea));
        Add(Leave, Array(states.Select(s => StoredText.Of(s.State.Id)), NpgsqlDbType.Text));
        var agents = states.SelectMany(s => s.State.AgentIds, (s, agent) => (s.State, Agent: agent)).ToList();
        Add(Join,
            Array(agents.Select(a => StoredText.Of(a.State.Id)), NpgsqlDbType.Text),
            Array(agents.Select(a => StoredText.Of(a.Agent)), NpgsqlDbType.Text),
            Array(agents.Select(a => StoredText.Of(a.State.AccountId)), NpgsqlDbType.Text),
            Array(agents.Select(a => (short)a.State.Stage), NpgsqlDbType.Smallint),
            Array(agents.Select(a => a.State.LastTimestamp), NpgsqlDbType.Bigint));
        foreach (var sql in (string[])[Done, Drop])
            Add(sql, Array(parts.Select(p => p.Shard.Number), NpgsqlDbType.Integer), Array(parts.Select(p => p.LastOffset), NpgsqlDbType.Bigint));
        batch.ExecuteNonQuery();

        void Add(string sql, params NpgsqlParameter[] parameters)
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.AddRange(parameters);
            batch.BatchCommands.Add(command);
        }
    }

    private static NpgsqlParameter<T[]> Array<T>(IEnumerable<T> values, NpgsqlDbType type) => new() { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | type };
}
