using Npgsql;
using NpgsqlTypes;
using Parley.Journal.Postgres.Sharding;

namespace Parley.Journal.Postgres.Committing;

/// <summary>The table <c>journal</c>, as the committing thread writes it, on a connection that is kept. After any failure it must be closed.</summary>
internal sealed class JournalTable(NpgsqlDataSource database) : IDisposable
{
    private const string Insert = """
        INSERT INTO journal(shard, epoch, shard_offset, block)
        SELECT b.shard, b.epoch, b.shard_offset, b.block
        FROM unnest($1, $2, $3, $4) AS b(shard, epoch, shard_offset, block) JOIN shard s ON s.id = b.shard AND s.epoch = b.epoch
        RETURNING shard
        """;

    private const string Present = """
        SELECT j.shard FROM journal j JOIN unnest($1, $2, $3) AS b(shard, epoch, shard_offset)
            ON j.shard = b.shard AND j.epoch = b.epoch AND j.shard_offset = b.shard_offset
        """;

    private NpgsqlConnection? _connection;

    /// <summary>Connects, if it is not connected.</summary>
    public void Open() => _connection ??= database.OpenConnection();

    /// <summary>Writes blocks, in ascending order of their shards, in one transaction: those whose epoch is still valid.</summary>
    /// <returns>The shards whose blocks are stored.</returns>
    public HashSet<int> Append(List<ShardBlock> blocks)
    {
        // Without a BEGIN, what is sent together is one transaction; it is committed before the first answer can be read to its end.
        using var batch = new NpgsqlBatch(_connection);
        batch.BatchCommands.Add(ShardLocks.Shared([.. blocks.Select(b => b.Shard.Number)]));
        var insert = new NpgsqlBatchCommand(Insert);
        AddKeys(insert.Parameters, blocks);
        insert.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = [.. blocks.Select(b => b.Bytes)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        batch.BatchCommands.Add(insert);
        using var rows = batch.ExecuteReader();
        rows.NextResult();
        return Shards(rows);
    }

    /// <summary>Looks which of the blocks are stored and not settled yet.</summary>
    public HashSet<int> Find(List<ShardBlock> blocks)
    {
        using var command = new NpgsqlCommand(Present, _connection);
        AddKeys(command.Parameters, blocks);
        using var rows = command.ExecuteReader();
        return Shards(rows);
    }

    /// <summary>How far these shards are settled.</summary>
    public Dictionary<int, long> SettledOffsets(int[] shards)
    {
        using var command = new NpgsqlCommand("SELECT id, settled_offset FROM shard WHERE id = ANY($1)", _connection) { Parameters = { ShardLocks.Numbers(shards) } };
        using var rows = command.ExecuteReader();
        var offsets = new Dictionary<int, long>();
        while (rows.Read()) offsets.Add(rows.GetInt32(0), rows.GetInt64(1));
        return offsets;
    }

    /// <summary>Finds out whether the database answers.</summary>
    public void Probe()
    {
        using var command = new NpgsqlCommand("SELECT 1", _connection);
        command.ExecuteScalar();
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private static void AddKeys(NpgsqlParameterCollection parameters, List<ShardBlock> blocks)
    {
        parameters.Add(ShardLocks.Numbers([.. blocks.Select(b => b.Shard.Number)]));
        parameters.Add(Numbers(blocks.Select(b => b.Epoch)));
        parameters.Add(Numbers(blocks.Select(b => b.Offset)));
    }

    private static NpgsqlParameter<long[]> Numbers(IEnumerable<long> values) =>
        new() { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };

    private static HashSet<int> Shards(NpgsqlDataReader rows)
    {
        var shards = new HashSet<int>();
        while (rows.Read()) shards.Add(rows.GetInt32(0));
        return shards;
    }
}
