using Parley.Cluster.Tests.Faults.Loads;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Cluster.Tests.Faults;

/// <summary>Nodes that die or sleep while conversations are given to agents on all of them.</summary>
[Collection(SharedNodes.Collection.Name)]
public sealed class RoutingFaultTests(SharedNodes nodes)
{
    private readonly Random _random = Sampling.Random();

    [Fact]
    public async Task Whichever_nodes_are_lost_every_conversation_is_given_to_one_agent_and_its_end_is_known_everywhere()
    {
        var cluster = await nodes.WholeAsync();
        await using var shift = await Shift.StartAsync(cluster, _random);
        for (var i = 0; i < Sampling.Count(2, 20); i++)
        {
            await shift.ProgressAsync();
            // Every other time the one that routes.
            var node = i % 2 == 0 ? cluster.OwnerOf("demo") : _random.Next(3);
            var sleeps = i % 4 == 3;
            if (sleeps) cluster.Nodes[node].Signal("STOP");
            else await cluster.Nodes[node].KillAsync();
            await shift.ProgressAsync();
            if (sleeps) cluster.Nodes[node].Signal("CONT");
            await cluster.WholeAsync();
        }

        await shift.ProgressAsync();
        var waits = (await shift.FinishAsync()).Order().ToList();
        TestContext.Current.TestOutputHelper!.WriteLine($"{waits.Count} conversations waited p50 {waits[waits.Count / 2].TotalSeconds:0.00}, p95 {waits[waits.Count * 95 / 100].TotalSeconds:0.00}, longest {waits[^1].TotalSeconds:0.0} s");
        Assert.InRange(waits[^1], TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }
}
