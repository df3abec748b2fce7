using System.Diagnostics;
using Parley.Cluster.Tests.Support;
using Parley.Journal.Postgres.Sharding;
using Parley.Journal.Tests.Postgres.Support;
using Parley.Journal.Tests.Support;

namespace Parley.Cluster.Tests.Ownership;

/// <summary>Nodes that share the shards of one database.</summary>
public sealed class ShardBalancerTests
{
    [Fact]
    public async Task Three_nodes_share_all_shards_and_know_of_each_other()
    {
        await using var cluster = new TestCluster();
        var nodes = new List<ClusterNode>();
        foreach (var name in (string[])["a", "b", "c"]) nodes.Add(await cluster.Begin(name));
        await cluster.Shared();
        Assert.Equal(Enumerable.Range(0, Shards.Count), nodes.SelectMany(n => n.Owned).Order());
        Assert.Equal([85, 85, 86], nodes.Select(n => n.Owned.Length).Order());
        Assert.Equal("address of b", nodes[0].Balancer.Map.Nodes[nodes[1].Lease.Id]);
    }

    [Fact]
    public async Task A_node_that_joins_gets_its_share_and_nothing_else_moves()
    {
        await using var cluster = new TestCluster();
        var (a, b) = (await cluster.Join("a"), await cluster.Join("b"));
        var before = Owners(a, b);
        var c = await cluster.Join("c");
        var after = Owners(a, b, c);
        Assert.Equal(c.Owned.Length, before.Count(o => after[o.Key] != o.Value));
        Assert.All(c.Owned, shard => Assert.Equal(c, after[shard]));
    }

    [Fact]
    public async Task A_node_that_is_stopped_leaves_its_shards_to_the_others_at_once()
    {
        await using var cluster = new TestCluster();
        var (a, b, c) = (await cluster.Join("a"), await cluster.Join("b"), await cluster.Join("c"));
        var kept = Owners(a, b);
        await c.Stop();
        Assert.Empty(c.Owned);
        await cluster.Shared(); // no time has passed
        Assert.All(kept, k => Assert.Equal(k.Value, Owners(a, b)[k.Key]));
        Assert.Equal(0, c.LossCount);
    }

    [Fact]
    public async Task What_a_node_stored_is_settled_when_it_gives_the_shard_away_and_goes_on_with_the_next()
    {
        await using var cluster = new TestCluster();
        var a = await cluster.Join("a");
        var stored = Enumerable.Range(0, 20).Select(i => new TestConversation(a.Journal, $"c{i}")).ToList();
        foreach (var conversation in stored) Assert.Equal(Outcome.Committed, await conversation.Open().Outcome);
        Assert.NotEqual(0L, cluster.Database.Run("SELECT count(*) FROM journal"));
        var b = await cluster.Join("b");
        Assert.Equal(0L, cluster.Database.Run("SELECT count(*) FROM journal"));

        foreach (var conversation in stored)
        {
            var isMoved = b.Owned.Contains(Shards.Of(conversation.Id));
            Assert.Equal(isMoved ? Outcome.Moved : Outcome.Committed, await conversation.Say("by the first", "e1").Outcome);
            if (isMoved) Assert.Equal(Outcome.Committed, await TestConversation.Load(b.Journal, conversation.Id).Say("by the next", "e1").Outcome);
        }

        Assert.Contains(stored, c => b.Owned.Contains(Shards.Of(c.Id)));
    }

    [Fact]
    public async Task A_node_that_is_killed_is_replaced_when_its_lease_has_ended_and_not_before()
    {
        await using var cluster = new TestCluster();
        var (a, b, c) = (await cluster.Join("a"), await cluster.Join("b"), await cluster.Join("c"));
        await cluster.Second();
        await c.Kill();
        var owned = Owners(a, b);
        await cluster.Second();
        await cluster.Second();
        Assert.Equal(owned.Keys.Order(), Owners(a, b).Keys.Order());
        Assert.Equal(TimeSpan.FromSeconds(1), cluster.LeaseLeft(c));
        await cluster.Second();
        await cluster.Shared();
    }

    [Fact]
    public async Task By_the_real_clock_and_with_nothing_but_polling_a_killed_node_is_replaced_in_time()
    {
        await using var cluster = new TestCluster(hasOwnTime: false);
        var (_, _, c) = (await cluster.Join("a"), await cluster.Join("b"), await cluster.Join("c"));
        await c.Kill();
        var waited = Stopwatch.StartNew();
        await cluster.Shared();
        TestContext.Current.SendDiagnosticMessage($"A killed node was replaced after {waited.Elapsed.TotalSeconds:0.00} s");
        Assert.InRange(waited.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_node_that_is_cut_off_stops_before_anybody_takes_its_shards_and_comes_back_afterwards()
    {
        await using var cluster = new TestCluster();
        await using var proxy = new Proxy(cluster.Database);
        var (a, b, c) = (await cluster.Join("a"), await cluster.Join("b"), await cluster.Join("c", proxy));
        await cluster.Second();
        var told = new List<string>();
        c.Lease.Lost += () => Add("lost");
        foreach (var node in (ClusterNode[])[a, b])
        {
            node.Journal.ShardsChanged += change =>
            {
                if (change.AreOwned) Add(c.Lease.IsHeld ? "taken too early" : "taken");
            };
        }

        proxy.Swallow();
        c.IsLive = false;
        var rests = c.Rests;
        await cluster.Pass(() => cluster.Clock!.Advance(TimeSpan.FromSeconds(1)));
        await cluster.Pass(() => cluster.Clock!.Advance(TimeSpan.FromSeconds(1)));
        await cluster.Pass(() =>
        {
            cluster.Clock!.Advance(TimeSpan.FromSeconds(0.7));
            Add($"{cluster.LeaseLeft(c).TotalSeconds} s"); // that others would have to wait
            cluster.Clock.Advance(TimeSpan.FromSeconds(0.3));
        });
        await cluster.Shared();
        Assert.Equal(["lost", "0.3 s", "taken", "taken"], told);

        proxy.Mend();
        await cluster.Until(() => c.Rests > rests);
        await cluster.Return(c);
        c.IsLive = true;
        await cluster.Shared();
        Assert.Equal(1, c.LossCount);

        void Add(string what)
        {
            lock (told) told.Add(what);
        }
    }

    [Fact]
    public async Task When_the_database_was_away_for_all_they_share_the_shards_again()
    {
        await using var cluster = new TestCluster();
        await using var proxy = new Proxy(cluster.Database);
        var (a, b) = (await cluster.Join("a", proxy), await cluster.Join("b", proxy));
        proxy.Swallow();
        cluster.Clock!.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal((1, 1, 0), (a.LossCount, b.LossCount, a.Owned.Length + b.Owned.Length));
        proxy.Mend();
        await cluster.Return(a);
        await cluster.Return(b);
        await cluster.Shared();
    }

    private static Dictionary<int, ClusterNode> Owners(params ClusterNode[] nodes) =>
        nodes.SelectMany(n => n.Owned.Select(shard => (shard, n))).ToDictionary(o => o.shard, o => o.n);

    /// <summary>A node that had lost shards without noticing, since it wrote nothing to them, neither gave them up nor took them when they were free: nobody else reached their conversations any more.</summary>
    /// <summary>Nothing told who waits for that, where the database showed no other owner meanwhile: conversations waited beside free agents.</summary>
    [Fact]
    public async Task A_node_that_gets_its_own_shards_back_says_so()
    {
        await using var cluster = new TestCluster();
        await using var proxy = new Proxy(cluster.Database);
        var only = await cluster.Join("only", proxy);
        var owned = new List<int>();
        only.Balancer.Taken += () => owned.Add(only.Owned.Length);
        proxy.Swallow();
        cluster.Clock!.Advance(TimeSpan.FromSeconds(4));
        proxy.Mend();
        await cluster.Return(only);
        await cluster.Shared();

        Assert.Equal([Shards.Count], owned);
    }

    [Fact]
    public async Task Shards_that_a_node_has_lost_and_still_believes_in_find_an_owner_again()
    {
        await using var cluster = new TestCluster();
        var a = await cluster.Join("a");
        await cluster.Join("b");
        cluster.Database.Run($"UPDATE shard SET owner = 'somebody who is gone', epoch = epoch + 1 WHERE owner = '{a.Lease.Id}' AND id % 2 = 0");
        cluster.Database.Run("SELECT pg_notify('parley_ownership', '')");
        await cluster.Until(() => a.Balancer.Map.CountOf(a.Lease.Id) < a.Owned.Length || a.Owned.Length < Shards.Count / 2);
        await cluster.Shared();
    }
}
