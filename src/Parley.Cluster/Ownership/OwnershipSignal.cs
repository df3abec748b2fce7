using Npgsql;

namespace Parley.Cluster.Ownership;

/// <summary>
/// Hears of changes: a node that came or left, a shard that was taken or given back. A signal may be lost, and says nothing but
/// that it is worth while to look.
/// </summary>
internal sealed class OwnershipSignal(NpgsqlDataSource database, TimeSpan retryInterval, TimeProvider time, Action heard)
{
    private const string Channel = "parley_ownership";

    // Where the network swallows everything, nothing tells that nobody will be heard any more.
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(30);

    /// <summary>The statement that tells all nodes when its transaction is committed.</summary>
    public static NpgsqlBatchCommand Send() => new($"SELECT pg_notify('{Channel}', '')");

    /// <summary>Listens until it is cancelled. After every outage it takes it that something was missed.</summary>
    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(cancellationToken);
                connection.Notification += (_, _) => heard();
                await Run(connection, $"LISTEN {Channel}", cancellationToken);
                heard();
                while (true)
                {
                    if (!await connection.WaitAsync(Doubt, cancellationToken)) await Run(connection, "SELECT 1", cancellationToken);
                }
            }
            catch (Exception) // whatever it was, the next connection may be better; and the end of all is looked at above
            {
                await Task.Delay(retryInterval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
