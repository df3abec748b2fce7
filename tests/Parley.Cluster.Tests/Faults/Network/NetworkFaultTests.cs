using System.Diagnostics;
using Npgsql;
using Parley.Cluster.Tests.Faults.Histories;
using Parley.Cluster.Tests.Faults.Loads;
using Parley.Cluster.Tests.Serving;
using Parley.Journal.Tests.Postgres.Support;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Cluster.Tests.Faults.Network;

/// <summary>Nodes and a database on a network of their own, which loses what it likes, while clients write and read on all nodes.</summary>
[Collection(SharedNodes.Collection.Name)]
public sealed class NetworkFaultTests
{
    private const int DatabaseHost = 4;

    private readonly Random _random = Sampling.Random();
    private readonly int _first;

    public NetworkFaultTests() => _first = _random.Next(100);

    [Fact]
    public Task A_node_that_reaches_nobody_but_its_clients_acknowledges_nothing_and_others_go_on() => RunAsync(0, 1, 5, async (round, network, load) =>
    {
        var node = _random.Next(3);
        var dialogs = load.OwnedBy(node);
        var asking = await Task.WhenAll(load.Participants.Select(async participant => (Participant: participant, Line: await participant.OpenAsync(node))));
        foreach (var other in Enumerable.Range(1, DatabaseHost).Where(other => other != node + 1))
        {
            network.Lose(node + 1, other);
            network.Lose(other, node + 1);
        }

        var cut = Stopwatch.GetTimestamp();
        var takeovers = await load.ServedAsync(dialogs, cut);
        await Task.WhenAll(asking.Select(async client =>
        {
            await using var line = client.Line;
            await Assert.ThrowsAsync<LineLostException>(() => client.Participant.PublishAsync(line, node, ($"{client.Participant.Name}-alone-{round}", "said to who is alone")));
        }));
        return takeovers;
    });

    [Fact]
    public Task Whatever_the_network_loses_clients_go_on_and_every_promise_is_kept() => RunAsync(1, 2, 32, async (round, network, load) =>
    {
        var hosts = Enumerable.Range(1, 3).OrderBy(_ => _random.Next()).ToArray();
        var dialogs = load.OwnedBy(hosts[0] - 1);
        // Where the node can still renew its lease it goes on deciding, and whoever cannot reach it waits as long as he likes before he goes elsewhere.
        var faults = new (string What, bool IsCutOff, Action Do)[]
        {
            ("a link is down", true, () => network.Unplug(hosts[0])),
            ("a node and the database have no route", true, () => network.Part(hosts[0], DatabaseHost)),
            ("the database's answers to a node are lost", true, () => network.Lose(DatabaseHost, hosts[0])),
            ("a node's questions to the database are lost", true, () => network.Lose(hosts[0], DatabaseHost)),
            ("two nodes have no route", false, () => network.Part(hosts[0], hosts[1])),
            ("what one node says to another is lost", false, () => network.Lose(hosts[0], hosts[1])),
            ("a node's link carries little", false, () => network.Throttle(hosts[0], 50)),
            ("the database's link carries little", false, () => network.Throttle(DatabaseHost, 200)),
        };
        var (what, isCutOff, fault) = faults[(_first + round) % faults.Length];
        fault();
        var since = Stopwatch.GetTimestamp();
        var waits = await load.ServedAsync(dialogs, since);
        TestContext.Current.TestOutputHelper!.WriteLine($"{what}: {waits.DefaultIfEmpty().Max().TotalSeconds:0.0} s");
        await Task.Delay(TimeSpan.FromSeconds(_random.Next(1, Sampling.Count(4, 12)))); // for so long something is wrong
        await load.ProgressAsync();
        return isCutOff ? waits : [];
    });

    private async Task RunAsync(int which, int sample, int all, Func<int, PrivateNetwork, Load, Task<IReadOnlyList<TimeSpan>>> fault)
    {
        Sampling.Draw(which, of: 2);
        Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed.");
        using var network = new PrivateNetwork(DatabaseHost);
        using var server = new PostgresServer(network[DatabaseHost].Enter);
        server.Listen(network[DatabaseHost].Address, network.Range);
        var database = new TestDatabase(server);
        var address = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Host = network[DatabaseHost].Address }.ConnectionString;
        await using var cluster = await ThreeNodes.StartAsync(database, node => new(address, place: network[node + 1]));
        await using var load = await Load.StartAsync(cluster, _random);
        var takeovers = new Takeovers();
        for (var i = 0; i < Sampling.Count(sample, all); i++)
        {
            await load.ProgressAsync();
            takeovers.Add(await fault(i, network, load));
            network.Mend();
            await cluster.WholeAsync();
        }

        await takeovers.CheckAsync(load);
    }
}
