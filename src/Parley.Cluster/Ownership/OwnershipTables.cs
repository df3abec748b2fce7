using Npgsql;
using NpgsqlTypes;

namespace Parley.Cluster.Ownership;

/// <summary>Who lives and who owns what, as the database has it.</summary>
internal sealed class OwnershipTables(NpgsqlDataSource database, string node)
{
    // The clock is the one of the transaction's begin, and the rows are read after it: a lease that looks ended here had ended
    // before the rows were read, and so a renewal that counts would be among them.
    private const string Picture = """
        SELECT s.id, s.epoch, s.owner, n.id, n.address, n.lease_until - now()
        FROM shard s FULL JOIN (SELECT * FROM node WHERE lease_until > now()) n ON n.id = s.owner ORDER BY s.id
        """;

    // With the epoch, a statement that arrives late gives nothing away that was taken again since.
    private const string Free = """
        UPDATE shard SET owner = '' FROM unnest($1, $2) AS seen(id, epoch)
        WHERE shard.id = seen.id AND shard.epoch = seen.epoch AND owner = $3
        """;

    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public async Task<OwnershipPicture> LookAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Picture);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var shards = new List<SeenShard>();
        var nodes = new Dictionary<string, string>();
        TimeSpan? firstEnd = null;
        while (await rows.ReadAsync(cancellationToken))
        {
            if (!rows.IsDBNull(0)) shards.Add(new SeenShard(rows.GetInt64(1), rows.GetString(2)));
            if (rows.IsDBNull(3)) continue;
            nodes[rows.GetString(3)] = rows.GetString(4);
            var left = rows.GetFieldValue<TimeSpan>(5);
            if (firstEnd is null || left < firstEnd) firstEnd = left;
        }

        return new OwnershipPicture(shards, nodes, firstEnd);
    }

    /// <summary>Says that this node owns these shards no more, and tells the others.</summary>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public Task FreeAsync(IReadOnlyDictionary<int, long> epochs, CancellationToken cancellationToken) => RunAsync(cancellationToken,
        new NpgsqlBatchCommand(Free)
        {
            Parameters =
            {
                new NpgsqlParameter<int[]> { TypedValue = [.. epochs.Keys], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
                new NpgsqlParameter<long[]> { TypedValue = [.. epochs.Values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
                new NpgsqlParameter<string> { TypedValue = node },
            },
        },
        OwnershipSignal.Send());

    /// <summary>Tells the others that something has changed.</summary>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public Task TellAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken, OwnershipSignal.Send());

    private async Task RunAsync(CancellationToken cancellationToken, params NpgsqlBatchCommand[] commands)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in commands) batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
