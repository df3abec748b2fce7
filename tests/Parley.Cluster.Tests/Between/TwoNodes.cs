using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;
using Parley.Cluster.Between;
using Parley.Cluster.Tests.Membership;
using Parley.Journal;
using Parley.Journal.Encoding;
using Parley.Journal.Memory;
using Parley.Server.Hosting;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Cluster.Tests.Between;

/// <summary>Two nodes over one journal, linked without a network.</summary>
internal sealed class TwoNodes : IAsyncDisposable
{
    private static readonly OutgoingStreamOptions Options = new(int.MaxValue, TimeSpan.FromSeconds(6), TimeSpan.Zero);

    private readonly SiloAddress _a = Silos.Address(1), _b = Silos.Address(2);
    private readonly Dictionary<SiloAddress, (ClusterNodes Nodes, NodeLinks Links, Lock Mailbox)> _ends = [];
    private volatile SiloAddress? _owner;
    private volatile bool _isCut, _losesStream, _isSecondUnknown;

    private readonly TimeSpan _patience;
    private Guid? _lost;
    private readonly LimitOptions? _limits;

    private TwoNodes(TimeSpan patience, LimitOptions? limits) => (_owner, _patience, _limits) = (_a, patience, limits);

    public MemoryJournal Journal { get; } = new();
    public TestMessaging A { get; private set; } = null!;
    public TestMessaging B { get; private set; } = null!;

    /// <summary>Both nodes; the first decides for everything.</summary>
    /// <param name="patience">How long somebody waits for a conversation that changes hands; null for as long as a server lets him.</param>
    /// <param name="limits">Of both; null for the usual ones.</param>
    public static async Task<TwoNodes> StartAsync(TimeSpan? patience = null, LimitOptions? limits = null)
    {
        var nodes = new TwoNodes(patience ?? TimeSpan.FromSeconds(15), limits);
        nodes.A = await nodes.StartAsync(nodes._a, nodes._b);
        nodes.B = await nodes.StartAsync(nodes._b, nodes._a);
        return nodes;
    }

    /// <summary>
    /// The conversations change hands as when a node leaves politely: what it had decided is durable before another one decides, and with no object that knew less, as
    /// <see cref="Parley.Journal.Postgres.PostgresJournal.ShardsChanged"/> promises.
    /// </summary>
    public async Task HandOverAsync()
    {
        var next = _a.Equals(_owner) ? _b : _a;
        _owner = null;
        Abandon();
        await NothingIsUnderWayAsync();
        Abandon();
        _owner = next;
    }

    /// <summary>The first node is gone, with all that was on its way to it and from it; the second decides, or nobody yet.</summary>
    public async Task LoseFirstAsync(bool isFollowed = true)
    {
        _isCut = true;
        _owner = null;
        await NothingIsUnderWayAsync();
        await _ends[_b].Links.ForgetAsync(_a);
        if (isFollowed) Follow();
    }

    /// <summary>The second node decides from now on.</summary>
    public void Follow()
    {
        B.Conversations.Abandon(_ => true);
        _owner = _b;
    }

    /// <summary>The second node does not live any more as far as the first one sees.</summary>
    public void TakeSecondForGone() => _isSecondUnknown = true;

    /// <summary>The first node hears a batch of a node that is no other's.</summary>
    public bool FirstHears(params ReadOnlySpan<byte[]> items)
    {
        var batch = new ByteWriter();
        foreach (var item in items) batch.Bytes(item);
        return _ends[_a].Links.TryHear(Silos.Address(3), new Batch(Guid.NewGuid(), 0, batch.Written.ToArray()));
    }

    /// <summary>What the first node says is lost until it begins anew.</summary>
    public void LoseStreamOfFirst() => _losesStream = true;

    /// <summary>Nothing goes between the nodes any more; what is said is lost.</summary>
    public void Cut() => _isCut = true;

    public async ValueTask DisposeAsync()
    {
        foreach (var (nodes, links, _) in _ends.Values)
        {
            nodes.Dispose();
            await links.DisposeAsync();
        }

        await A.DisposeAsync();
        await B.DisposeAsync();
    }

    private void Abandon()
    {
        foreach (var node in new[] { A, B }) node.Conversations.Abandon(_ => true);
    }

    private async Task NothingIsUnderWayAsync()
    {
        var barrier = new Barrier();
        Journal.Append(barrier);
        await barrier.Reached;
    }

    private async Task<TestMessaging> StartAsync(SiloAddress self, SiloAddress other)
    {
        ClusterNodes nodes = null!;
        var messaging = await TestMessaging.StartNodeAsync(
            Journal, conversations => nodes = new ClusterNodes(conversations, new TestShards(self, () => _owner, () => _isSecondUnknown && other.Equals(_b) ? [] : [other]), _patience, TimeProvider.System, NullLogger.Instance), _limits);
        var links = new NodeLinks((node, batch, end) => DeliverAsync(self, node, batch, end), nodes, Options, TimeProvider.System);
        nodes.Start(links);
        _ends[self] = (nodes, links, new Lock());
        return messaging;
    }

    private async Task<bool> DeliverAsync(SiloAddress sender, SiloAddress node, Batch batch, CancellationToken end)
    {
        await Task.Yield();
        if (_losesStream && sender.Equals(_a) && batch.Stream == (_lost ??= batch.Stream))
        {
            await Task.Delay(50, end);
            throw new IOException("Lost");
        }

        if (_isCut)
        {
            await Task.Delay(Timeout.Infinite, end);
        }

        var (_, links, mailbox) = _ends[node];
        lock (mailbox) return links.TryHear(sender, batch);
    }

    private sealed class Barrier : JournalEntry
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(30));

        public override void Committed() => _reached.SetResult();

        public override void Refused() => _reached.SetResult();

        public override void Undecided() => _reached.SetResult();
    }
}
