using System.Net;
using Microsoft.Extensions.Logging;
using Npgsql;
using Parley.Server.Hosting;

namespace Parley.Cluster.Hosting;

/// <summary>A server that is one node of several over one database.</summary>
public sealed class ClusterServer : IAsyncDisposable
{
    /// <summary>With this code a process ends whose node the others have declared dead: start it again.</summary>
    public const int DeadExitCode = 75;

    private readonly NpgsqlDataSource _database;
    private readonly NodeHost _node;

    /// <param name="options">How it runs; <see cref="ServerOptions.Cluster"/> says which database.</param>
    /// <param name="logging">Adds log providers.</param>
    /// <exception cref="FormatException">The database or the address between nodes is given wrongly, or there is a password in it.</exception>
    /// <exception cref="InvalidOperationException">An option is of no use for a node.</exception>
    /// <exception cref="IOException">The password's file cannot be read, or the database cannot be used.</exception>
    public ClusterServer(ServerOptions options, Action<ILoggingBuilder> logging)
    {
        if (options.Journal != JournalKind.Sqlite) throw new InvalidOperationException("Nodes keep conversations in their database: --journal does not go with --cluster.");
        if (options.Demo) throw new InvalidOperationException("The demo is for one server on one machine: --demo does not go with --cluster.");
        var between = BetweenAddress.Of(options);
        _database = DatabaseOption.Open(options.Cluster!);
        _node = new NodeHost(_database, between, options.Dashboard, logging);
        Server = new ParleyServer(options, logging: logging) { Node = _node };
    }

    public ParleyServer Server { get; }

    /// <summary>Completes when the other nodes have declared this one dead: it can never be one of them again.</summary>
    public Task Dead => _node.Dead;

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _node.DisposeAsync();
        await _database.DisposeAsync();
    }
}
