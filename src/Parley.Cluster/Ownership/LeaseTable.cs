using Npgsql;

namespace Parley.Cluster.Ownership;

/// <summary>The row of one node, on a connection that is kept, for one statement at a time: a pool without a free connection must not cost a lease.</summary>
internal sealed class LeaseTable(NpgsqlDataSource database, string node, string address)
{
    // Rows of nodes that are long gone say nothing to anybody.
    private const string Acquire = """
        WITH gone AS (DELETE FROM node WHERE lease_until < clock_timestamp() - interval '1 day' AND id <> $1)
        INSERT INTO node VALUES($1, $2, clock_timestamp() + $3) ON CONFLICT(id) DO UPDATE SET address = $2, lease_until = excluded.lease_until
        """;

    // A lease that has ended stays so: others may have taken what it covered.
    private const string Renew = "UPDATE node SET lease_until = clock_timestamp() + $2 WHERE id = $1 AND lease_until > clock_timestamp()";
    private const string FreeAll = "UPDATE shard SET owner = '' WHERE owner = $1";
    private const string Leave = "WITH report AS (DELETE FROM node_report WHERE node = $1) DELETE FROM node WHERE id = $1";

    private NpgsqlConnection? _connection;

    public async Task AcquireAsync(TimeSpan duration)
    {
        await using var batch = new NpgsqlBatch(await OpenAsync())
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(Acquire) { Parameters = { Text(node), Text(address), Span(duration) } },
                OwnershipSignal.Send(),
            },
        };
        await batch.ExecuteNonQueryAsync();
    }

    /// <returns>False if the lease has ended.</returns>
    public async Task<bool> RenewAsync(TimeSpan duration)
    {
        await using var command = new NpgsqlCommand(Renew, await OpenAsync()) { Parameters = { Text(node), Span(duration) } };
        return await command.ExecuteNonQueryAsync() == 1;
    }

    /// <summary>Ends the lease and leaves everything that it covered to others, in one transaction.</summary>
    public async Task LeaveAsync()
    {
        await using var batch = new NpgsqlBatch(await OpenAsync())
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(FreeAll) { Parameters = { Text(node) } },
                new NpgsqlBatchCommand(Leave) { Parameters = { Text(node) } },
                OwnershipSignal.Send(),
            },
        };
        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>Closes the connection when what is under way there has ended: its time limit sees to that.</summary>
    public async Task DisposeAfterAsync(Task pending)
    {
        await pending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_connection is { } connection) await connection.DisposeAsync();
        _connection = null;
    }

    // Where only requests arrive and no answers, a node that knows nothing of it must not go on seeming to live: what a connection is asked first changes nothing.
    private async Task<NpgsqlConnection> OpenAsync()
    {
        if (_connection is { } open) return open;
        var connection = await database.OpenConnectionAsync();
        try
        {
            await using var probe = new NpgsqlCommand("SELECT 1", connection);
            await probe.ExecuteScalarAsync();
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        return _connection = connection;
    }

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };

    private static NpgsqlParameter<TimeSpan> Span(TimeSpan value) => new() { TypedValue = value };
}
