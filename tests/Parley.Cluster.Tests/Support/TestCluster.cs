using Parley.Journal.Postgres.Sharding;
using Parley.Journal.Tests.Postgres.Support;

namespace Parley.Cluster.Tests.Support;

/// <summary>Nodes in one process that share a database.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly List<ClusterNode> _nodes = [];
    private TaskCompletionSource _changed = New();

    public TestCluster(bool hasOwnTime = true)
    {
        if (hasOwnTime) Clock = new ClusterClock(Database);
    }

    public TestDatabase Database { get; } = new();

    /// <summary>The time of all; null where they go by the real one.</summary>
    public ClusterClock? Clock { get; }

    /// <summary>Starts a node; returns when it has its share and all know that.</summary>
    public async Task<ClusterNode> Join(string name, Proxy? through = null)
    {
        var node = await Begin(name, through);
        await Shared();
        return node;
    }

    /// <summary>Starts a node.</summary>
    public async Task<ClusterNode> Begin(string name, Proxy? through = null)
    {
        var node = await ClusterNode.Open(this, name, through);
        lock (_nodes) _nodes.Add(node);
        node.Balancer.MapChanged += Tell;
        node.Journal.ShardsChanged += _ => Tell();
        node.Lease.Lost += Tell;
        node.Lease.Attempted += _ => Tell();
        node.Balancer.Rested += Tell;
        node.Start();
        return node;
    }

    /// <summary>Returns when every live node has its share, every shard has an owner, and all maps say so.</summary>
    public Task Shared() => Until(() =>
    {
        var live = Live();
        return live.All(n => n.Owned.Length >= Shards.Count / live.Count && n.Owned.Length <= (Shards.Count + live.Count - 1) / live.Count)
            && live.Sum(n => n.Owned.Length) == Shards.Count
            && live.All(n => n.Balancer.Map.Nodes.Count == live.Count && live.All(other => other.Owned.All(s => n.Balancer.Map.OwnerOf(s) == other.Lease.Id)));
    });

    /// <summary>Returns when something holds, which is looked at whenever a node tells of a change.</summary>
    public async Task Until(Func<bool> holds)
    {
        while (true)
        {
            var changed = New();
            Volatile.Write(ref _changed, changed);
            if (holds()) return;
            try
            {
                await changed.Task.WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                Assert.Fail($"It does not come to that; nodes own {string.Join(", ", _nodes.Select(n => $"{n.Name}: {n.Owned.Length} ({n.Balancer.Failure})"))}");
            }
        }
    }

    /// <summary>A second, at the end of which every live node has renewed its lease and has looked.</summary>
    public Task Second() => Pass(() =>
    {
        Clock!.AdvanceDatabase(TimeSpan.FromSeconds(1));
        Clock.Nodes.Advance(TimeSpan.FromSeconds(1));
    });

    /// <summary>A time in which every lease comes to be renewed once; returns when that is done, and all have looked.</summary>
    public async Task Pass(Action time)
    {
        var renewals = Live().Where(n => n.Lease.IsHeld).ToDictionary(n => n, n => n.Renewals);
        time();
        await Until(() => renewals.All(n => n.Key.Renewals > n.Value));
        var rests = renewals.Keys.ToDictionary(n => n, n => n.Rests);
        Database.Run("SELECT pg_notify('parley_ownership', '')");
        await Until(() => rests.All(n => n.Key.Rests > n.Value));
    }

    /// <summary>Lets time pass until a node that was cut off has a lease again.</summary>
    public async Task Return(ClusterNode node)
    {
        while (!node.Lease.IsHeld)
        {
            var before = node.Rests;
            await Second();
            await Until(() => node.Rests > before);
        }
    }

    /// <summary>How long the database still keeps a node's lease.</summary>
    public TimeSpan LeaseLeft(ClusterNode node) => (TimeSpan)Database.Run($"SELECT lease_until - now() FROM node WHERE id = '{node.Lease.Id}'")!;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        await Database.DisposeAsync();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private List<ClusterNode> Live() => _nodes.FindAll(n => n.IsLive);

    private void Tell() => Volatile.Read(ref _changed).TrySetResult();
}
