using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Runtime;
using Parley.Accounts.Postgres;
using Parley.Accounts.Postgres.Files;
using Parley.Cluster.Between;
using Parley.Cluster.Ownership;
using Parley.Cluster.Status;
using Parley.Journal;
using Parley.Journal.Postgres;
using Parley.Journal.Postgres.Sharding;
using Parley.Server.Gateway;
using Parley.Server.Hosting;
using Parley.Server.Ownership;
using Parley.Server.Storage;

namespace Parley.Cluster.Hosting;

/// <summary>Puts the parts of a node together: Orleans, the lease, the shards, the streams to other nodes.</summary>
internal sealed class NodeHost : INodeHost, IAsyncDisposable
{
    // How long somebody waits for a conversation that changes hands.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestParting = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _dead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly NpgsqlDataSource _database;
    private readonly IHost _silo;
    private readonly ILoggerFactory _loggers;
    private readonly SiloAddress _address;
    private readonly NodeLease _lease;
    private PostgresJournal? _journal;
    private ShardBalancer? _balancer;
    private ShardView? _shards;
    private ClusterNodes? _nodes;
    private NodeLinks? _links;
    private Func<NodeReport>? _report;
    private NodeReporter? _reporter;
    private NodeGauges? _gauges;
    private bool _wasComplete;

    /// <param name="database">What the nodes share; it stays open.</param>
    /// <param name="between">Where they reach this one.</param>
    /// <param name="hasDashboard">Whether operators can see <see cref="Dashboard"/>.</param>
    /// <param name="logging">Adds log providers.</param>
    /// <exception cref="IOException">The database cannot be used.</exception>
    public NodeHost(NpgsqlDataSource database, IPEndPoint between, bool hasDashboard, Action<ILoggingBuilder> logging)
    {
        _database = database;
        _silo = SiloHosting.Build(database, between, Opened(() => BetweenCertificate.Of(database)), () => _nodes!, hasDashboard, () => _dead.TrySetResult(), logging);
        if (hasDashboard) Dashboard = new DashboardPages(_silo.Services).AnswerAsync;
        _loggers = _silo.Services.GetRequiredService<ILoggerFactory>();
        _address = _silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        _lease = new NodeLease(new NodeLeaseOptions(database, Environment.MachineName, _address.ToParsableString()));
    }

    /// <summary>Completes when the other nodes have declared this one dead.</summary>
    public Task Dead => _dead.Task;

    public RequestDelegate? Dashboard { get; }

    public SharedStorage OpenStorage(TimeProvider time) => Opened(() =>
    {
        FileTables.Prepare(_database);
        return new SharedStorage(
            PostgresAccountStore.Open(_database, time, _loggers.CreateLogger<PostgresAccountStore>()),
            new PostgresTables(_database),
            new PostgresFileStore(_database, time, _loggers.CreateLogger<PostgresFileStore>()));
    });

    public IJournal OpenJournal() => Opened(() =>
    {
        _journal = new PostgresJournal(new PostgresJournalOptions(_database, Environment.MachineName) { Owner = _lease.Id, HoldsLease = () => _lease.IsHeld });
        _balancer = new ShardBalancer(new ShardBalancerOptions(_database, _lease, _journal) { Logger = _loggers.CreateLogger<ShardBalancer>() });
        _shards = new ShardView(_address, _journal, _balancer);
        return _journal;
    });

    public INodes Connect(LiveConversations conversations, Connections connections)
    {
        _journal!.ShardsChanged += change =>
        {
            var shards = change.Shards.ToHashSet();
            conversations.Abandon(id => shards.Contains(Shards.Of(id)));
        };
        var nodes = _nodes = new ClusterNodes(conversations, _shards!, Patience, TimeProvider.System, _loggers.CreateLogger<ClusterNodes>());
        var (version, startedAt) = (typeof(NodeHost).Assembly.GetName().Version!.ToString(3), DateTimeOffset.UtcNow);
        _report = () => new NodeReport(
            Environment.MachineName, version, startedAt, connections.Count, conversations.Count, nodes.Waiting, nodes.Silence?.TotalSeconds, Problem());
        _gauges = new NodeGauges(_journal, nodes);
        return nodes;
    }

    public async Task JoinAsync(CancellationToken cancellationToken)
    {
        _links = _silo.Services.GetRequiredService<NodeLinks>();
        _nodes!.Start(_links);
        try
        {
            await _silo.StartAsync(cancellationToken);
            _balancer!.Start();
            _reporter = new NodeReporter(_database, _lease.Id, _report!, TimeProvider.System);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new IOException($"This node cannot join the others at {_address.Endpoint}: {e.Message}", e);
        }
    }

    public string? Problem()
    {
        if (_dead.Task.IsCompleted) return "The other nodes have declared this one dead";
        if (!_lease.IsHeld) return _balancer?.Failure ?? "The node has no lease";
        if (_wasComplete || (_wasComplete = _shards!.IsComplete)) return null;
        return "Not every conversation has a node that decides for it yet";
    }

    public async Task LeaveAsync()
    {
        await _reporter!.DisposeAsync();
        // What was decided is told before the others stop listening.
        await _balancer!.StopAsync(async () =>
        {
            _nodes!.Dispose();
            await _links!.DrainedAsync().WaitAsync(LongestGoodbye).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        using var patience = new CancellationTokenSource(LongestParting);
        await _silo.StopAsync(patience.Token).WaitAsync(LongestParting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        _gauges?.Dispose();
        _nodes?.Dispose();
        if (_reporter is not null) await _reporter.DisposeAsync();
        if (_balancer is not null) await _balancer.DisposeAsync();
        if (_links is not null) await _links.DisposeAsync();
        await _lease.DisposeAsync();
        await Task.Run(_silo.Dispose).WaitAsync(LongestParting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static T Opened<T>(Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception e) when (e is JournalUnavailableException or NpgsqlException)
        {
            throw new IOException($"The database cannot be used: {e.Message}", e);
        }
    }
}
