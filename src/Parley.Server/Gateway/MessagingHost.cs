using Microsoft.Extensions.Logging;
using Parley.Journal;
using Parley.Journal.None;
using Parley.Server.Files;
using Parley.Server.Gateway.Upgrades;
using Parley.Server.Hosting;
using Parley.Server.Identity;
using Parley.Server.Lifecycle;
using Parley.Server.Lists;
using Parley.Server.Ownership;
using Parley.Server.Routing;

namespace Parley.Server.Gateway;

/// <summary>Puts the parts of messaging together: journal, ownership, lists, routing, sockets.</summary>
internal sealed class MessagingHost : IDrainable, IAsyncDisposable
{
    private readonly IJournal _journal;
    private readonly Connections _connections = new();
    private readonly LiveConversations _conversations = new();
    private readonly ListFanOut _lists;
    private readonly Router _router;
    private readonly ConsumerPresence _presence;
    private readonly GatewayMetrics _metrics;
    private readonly RoutingMetrics _routingMetrics;
    private readonly SocketWatch _watch;
    private readonly AutoClose _autoClose;
    private readonly Neighbours _neighbours;

    public MessagingHost(IJournal journal, IdentityServices identity, LimitOptions limits, FileServices files, TimeProvider time, ILoggerFactory loggers, MessageHandler? messages = null,
        Func<LiveConversations, Connections, INodes>? nodes = null)
    {
        _journal = journal;
        var node = nodes?.Invoke(_conversations, _connections) ?? SingleNode.Instance;
        var names = new UserNames(identity.Agents);
        _lists = new ListFanOut(names, time);
        var rules = new BrandRulebook(identity, loggers.CreateLogger<BrandRulebook>());
        _routingMetrics = new RoutingMetrics(time);
        var rings = new RingFanOut(_connections, identity.Agents);
        _router = new Router(identity, _connections, _conversations, rings, node, journal, _routingMetrics, time, loggers.CreateLogger<Router>());
        _presence = new ConsumerPresence(_connections, _conversations, names, node);
        var ownership = new OwnershipServices(journal, _conversations, _connections, _lists, _router, _presence, names, rules, time)
        {
            Nodes = node, Replays = journal is not NoJournal,
        };
        _conversations.Start(ownership);
        Services = new GatewayServices(
            journal, _conversations, ownership, _connections, _lists, _router, identity.Accounts, identity.Agents, identity.Profiles, identity.Revisions,
            identity.ConsumerTokens, names, new Surveys(identity.Accounts, identity.Agents), limits, time)
        {
            Log = loggers.CreateLogger<Dispatcher>(),
            Files = files,
            Sharing = new FileSharing(files.Catalog, _conversations, _presence, journal),
        };
        _metrics = new GatewayMetrics(_connections);
        var dispatcher = new Dispatcher(Services, _metrics, loggers.CreateLogger<Dispatcher>());
        Sockets = new SocketLoop(_connections, _lists, messages ?? dispatcher.Dispatch, _metrics, loggers.CreateLogger<SocketLoop>());
        Admission = new Admission(Services, identity.Sessions, Sockets);
        _autoClose = new AutoClose(identity.Accounts, identity.Agents, journal, _conversations, node, time, loggers.CreateLogger<AutoClose>());
        _watch = new SocketWatch(_connections, _conversations, identity.Events, node, limits, time);
        journal.GroupCompleted += FlushBatch.EndGroup;
        _neighbours = new Neighbours(_connections, _conversations, _presence, _router, _lists, journal, time, loggers.CreateLogger<Neighbours>());
        node.Attach(_neighbours);
        _router.Start(_presence);
    }

    /// <summary>What requests are handled with.</summary>
    public GatewayServices Services { get; }

    /// <summary>Serves a socket, whatever carries it.</summary>
    public SocketLoop Sockets { get; }

    /// <summary>Who gets a socket.</summary>
    public Admission Admission { get; }

    /// <summary>Why the journal takes no messages now, or null.</summary>
    public string? JournalProblem() => _journal.Health is { Writable: false } health ? health.Reason ?? "The journal cannot be written" : null;

    /// <summary>Whether an account has open conversations of a skill.</summary>
    public Task<bool> HasOpenAsync(string accountId, string skillId) => _router.Of(accountId).ReadAsync((table, _, _) => table.HasOpen(skillId));

    public Task DrainAsync(CancellationToken cancellationToken)
    {
        _presence.Stop();
        return _watch.CloseAllAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _presence.Stop();
        _neighbours.Dispose();
        _watch.Dispose();
        _autoClose.Dispose();
        _router.Dispose();
        _lists.Dispose();
        await _journal.DisposeAsync();
        _metrics.Dispose();
        _routingMetrics.Dispose();
    }
}
