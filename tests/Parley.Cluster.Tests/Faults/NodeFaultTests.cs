using System.Diagnostics;
using Parley.Cluster.Hosting;
using Parley.Cluster.Tests.Faults.Loads;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Cluster.Tests.Faults;

/// <summary>Nodes that die, sleep or limp while clients write and read on all of them.</summary>
[Collection(SharedNodes.Collection.Name)]
public sealed class NodeFaultTests(SharedNodes nodes)
{
    private readonly Random _random = Sampling.Random();

    [Fact]
    public async Task Whichever_nodes_are_killed_others_go_on_and_every_promise_is_kept()
    {
        Sampling.Draw(0, of: 4);
        var cluster = await nodes.WholeAsync();
        await using var load = await Load.StartAsync(cluster, _random);
        var takeovers = new Takeovers();
        for (var killed = 0; killed < Sampling.Count(2, 50);)
        {
            await load.ProgressAsync();
            List<int> victims = [.. Enumerable.Range(0, 3).OrderBy(_ => _random.Next()).Take(_random.Next(4) == 0 ? 2 : 1)];
            string[] dialogs = [.. victims.SelectMany(load.OwnedBy)];
            await Task.WhenAll(victims.Select(node => cluster.Nodes[node].KillAsync()));
            takeovers.Add(await load.ServedAsync(dialogs, Stopwatch.GetTimestamp()));
            killed += victims.Count;
            if (killed % 5 == 0)
            {
                // Once more, while it starts.
                var node = cluster.Nodes[victims[0]];
                node.Launch();
                await load.ProgressAsync();
                await node.KillAsync();
            }

            await cluster.WholeAsync();
        }

        await takeovers.CheckAsync(load);
    }

    [Fact]
    public async Task Whoever_sleeps_longer_than_its_lease_stores_nothing_when_it_wakes_and_every_promise_is_kept()
    {
        Sampling.Draw(1, of: 4);
        var cluster = await nodes.WholeAsync();
        await using var load = await Load.StartAsync(cluster, _random);
        var takeovers = new Takeovers();
        for (var i = 0; i < Sampling.Count(1, 15); i++)
        {
            await load.ProgressAsync();
            var node = _random.Next(3);
            var dialogs = load.OwnedBy(node);
            cluster.Nodes[node].Signal("STOP");
            takeovers.Add(await load.ServedAsync(dialogs, Stopwatch.GetTimestamp()));
            if (i % 5 == 4) await cluster.DeclaredDeadAsync(node);
            cluster.Nodes[node].Signal("CONT");
            if (i % 5 == 4) Assert.Equal(ClusterServer.DeadExitCode, await cluster.Nodes[node].EndedAsync());
            await cluster.WholeAsync();
        }

        await takeovers.CheckAsync(load);
    }

    [Fact]
    public async Task However_a_node_limps_every_promise_is_kept()
    {
        Sampling.Draw(2, of: 4);
        var cluster = await nodes.WholeAsync();
        await using var load = await Load.StartAsync(cluster, _random);
        for (var i = 0; i < Sampling.Count(1, 10); i++)
        {
            await load.ProgressAsync();
            var node = cluster.Nodes[_random.Next(3)];
            for (var stop = 0; stop < Sampling.Count(20, 60); stop++)
            {
                node.Signal("STOP");
                await Task.Delay(_random.Next(50, 250));
                node.Signal("CONT");
                await Task.Delay(_random.Next(5, 50));
            }

            await cluster.WholeAsync();
        }

        await new Takeovers().CheckAsync(load);
    }

    [Fact]
    public async Task Who_is_stopped_politely_hands_over_at_once_closes_with_1001_and_every_promise_is_kept()
    {
        Sampling.Draw(3, of: 4);
        var cluster = await nodes.WholeAsync();
        await using var load = await Load.StartAsync(cluster, _random);
        var handovers = new Takeovers(TimeSpan.FromSeconds(3));
        for (var i = 0; i < Sampling.Count(1, 15); i++)
        {
            await load.ProgressAsync();
            var node = _random.Next(3);
            var (dialogs, connected) = (load.OwnedBy(node), load.Participants.Count(p => p.Node == node));
            var before = load.Closures.Count;
            cluster.Nodes[node].Signal("TERM");
            handovers.Add(await load.ServedAsync(dialogs, Stopwatch.GetTimestamp()));
            Assert.Equal(0, await cluster.Nodes[node].EndedAsync());
            var closures = load.Closures.Skip(before).Where(c => c.Node == node).ToList();
            Assert.True(closures.Count >= connected / 2, $"Of {connected} sockets {closures.Count} were closed.");
            Assert.All(closures, c => Assert.Equal(1001, c.Closure.Code));
            await cluster.WholeAsync();
        }

        await handovers.CheckAsync(load);
    }
}
