using Npgsql;
using NpgsqlTypes;
using Parley.Journal.Postgres.Sharding;
using Parley.Journal.Tails;

namespace Parley.Journal.Postgres.Settling;

/// <summary>The final tables, as the settling thread writes them: some shards a transaction, fenced like an append.</summary>
internal sealed class SettledTables(NpgsqlDataSource database, string owner, ShardOwnership ownership)
{
    // Bounds how long a takeover may have to wait for the locks.
    private const int RowsPerTransaction = 5_000;

    private const string State = "SELECT id, epoch, owner, settled_offset FROM shard WHERE id = ANY($1)";
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
            SettledRows.CopyMessages(connection, missing.SelectMany(p => p.Dialogs));
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

    private static void Write(NpgsqlConnection connection, List<SettlingShard> parts)
    {
        using var batch = new NpgsqlBatch(connection);
        SettledRows.Add(batch, [.. parts.SelectMany(p => p.Conversations)]);
        foreach (var sql in (string[])[Done, Drop])
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql)
            {
                Parameters =
                {
                    ShardLocks.Numbers([.. parts.Select(p => p.Shard.Number)]),
                    new NpgsqlParameter<long[]> { TypedValue = [.. parts.Select(p => p.LastOffset)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
                },
            });
        }

        batch.ExecuteNonQuery();
    }
}
