using System.Text.Json;
using Npgsql;

namespace Parley.Cluster.Status;

/// <summary>Tells the database every few seconds how this node is, for whoever asks there. Nothing depends on it: what fails is told the next time.</summary>
internal sealed class NodeReporter : IAsyncDisposable
{
    public const int EverySeconds = 5;

    // Rows of nodes that are long gone say nothing to anybody.
    private const string Tell = """
        WITH gone AS (DELETE FROM node_report WHERE at < now() - interval '1 day' AND node <> $1)
        INSERT INTO node_report VALUES($1, now(), $2) ON CONFLICT(node) DO UPDATE SET at = excluded.at, report = excluded.report
        """;

    private readonly NpgsqlDataSource _database;
    private readonly string _node;
    private readonly Func<NodeReport> _report;
    private readonly PeriodicTimer _timer;
    private readonly CancellationTokenSource _isOver = new();
    private readonly Task _telling;

    /// <param name="database">Has the tables of ownership; stays open.</param>
    /// <param name="node">The id of this node.</param>
    /// <param name="report">How it is now.</param>
    /// <param name="time">The clock.</param>
    public NodeReporter(NpgsqlDataSource database, string node, Func<NodeReport> report, TimeProvider time)
    {
        (_database, _node, _report) = (database, node, report);
        _timer = new PeriodicTimer(TimeSpan.FromSeconds(EverySeconds), time);
        _telling = Task.Run(TellAsync);
    }

    /// <summary>Stops telling; what was told goes with the node's lease.</summary>
    public async ValueTask DisposeAsync()
    {
        await _isOver.CancelAsync();
        _timer.Dispose();
        await _telling;
    }

    private async Task TellAsync()
    {
        do
        {
            try
            {
                await using var command = _database.CreateCommand(Tell);
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _node });
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(_report(), StatusJson.Default.NodeReport) });
                await command.ExecuteNonQueryAsync(_isOver.Token);
            }
            catch (Exception) // whatever it was: whoever asks sees how old the last one is
            {
            }
        }
        while (await _timer.WaitForNextTickAsync());
    }
}
