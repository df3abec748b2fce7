using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Parley.Client;
using Parley.Client.Tests.Peer;
using Parley.Cluster.Hosting;
using Parley.Cluster.Tests.Faults;
using Parley.Journal.Tests.Postgres.Support;

namespace Parley.Cluster.Tests.Serving;

/// <summary>What clients see of three nodes: a consumer on one, an agent on another, a manager on the third.</summary>
[Collection(Alone)]
public sealed class ServingTests(SharedNodes shared) : IClassFixture<SharedNodes>
{
    internal const string Alone = "Processes";

    private static readonly TimeSpan LongestTakeover = TimeSpan.FromSeconds(15);

    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class Collection;

    [Fact]
    public async Task Consumers_and_agents_of_different_nodes_serve_each_other_whoever_decides()
    {
        var nodes = await shared.WholeAsync();
        await using var clients = await Clients.ConnectAsync(nodes, consumer: 0, agent: 1, manager: 2);
        HashSet<int> deciding = [];
        for (var i = 0; i < 10 || (deciding.Count < 3 && i < 40); i++) deciding.Add(nodes.OwnerOf(await clients.HoldConversationAsync($"conversation {i}")));
        Assert.Equal(3, deciding.Count);
    }

    [Fact]
    public async Task An_agent_is_told_when_his_consumer_has_no_socket_on_any_node_and_when_he_is_back()
    {
        var nodes = await shared.WholeAsync();
        await using var clients = await Clients.ConnectAsync(nodes, consumer: 0, agent: 1, manager: 1);
        var conversation = await clients.OpenAsync();
        var told = clients.ChatStatesAsync(conversation);

        await using (var other = new ConsumerClient(nodes.Nodes[2].Endpoints, clients.Consumer.Jwt))
        {
            await other.ConnectAsync().Within();
            await clients.Consumer.DisposeAsync();
            await other.PublishTextAsync(conversation, "still here").Within();
        }

        Assert.Equal("BACKGROUND", await told.NextAsync());
        await using var back = new ConsumerClient(nodes.Nodes[0].Endpoints, clients.Consumer.Jwt);
        await back.ConnectAsync().Within();
        Assert.Equal("ACTIVE", await told.NextAsync());
        await back.CloseConversationAsync(conversation).Within();
    }

    [Fact]
    public async Task When_the_node_that_decides_is_killed_others_go_on_and_nothing_acknowledged_is_lost()
    {
        var nodes = await shared.WholeAsync();
        await using var clients = await Clients.ConnectAsync(nodes, consumer: 0, agent: 1, manager: 1);
        var conversation = await clients.OpenAsync(id => nodes.OwnerOf(id) == 2);
        Dictionary<long, string> acknowledged = [];
        for (var i = 0; i < 50; i++) await PublishAsync(i);

        nodes.Nodes[2].Signal("KILL");
        var killed = Stopwatch.StartNew();
        for (var i = 50; i < 100; i++)
        {
            await PublishAsync(i);
            if (i == 50) Took(killed.Elapsed, LongestTakeover);
        }

        // The agent heard all of it on another node, in order; the journal has it without a hole.
        var heard = await clients.AgentHearsAsync(conversation, acknowledged.Count);
        Assert.Equal(acknowledged.OrderBy(entry => entry.Key).Select(entry => entry.Value), heard.Select(message => message.Text));
        var stored = await clients.Consumer.QueryMessagesAsync(conversation);
        Assert.Equal(Enumerable.Range(0, stored.Count).Select(i => (long?)i), stored.Select(message => message.Sequence));
        Assert.All(acknowledged, entry => Assert.Equal(entry.Value, stored[(int)entry.Key].Text));

        // Routing goes on too, whichever node did it before.
        await clients.CloseAsync(conversation);
        for (var i = 0; i < 5; i++) await clients.HoldConversationAsync($"after {i}");

        async Task PublishAsync(int number) =>
            acknowledged.Add(await clients.Consumer.PublishTextAsync(conversation, $"{number}").WaitAsync(TimeSpan.FromMinutes(1)), $"{number}");
    }

    [Fact]
    public async Task When_the_node_that_routes_is_killed_another_one_rings()
    {
        var nodes = await shared.WholeAsync();
        var routing = nodes.OwnerOf("demo");
        await using var clients = await Clients.ConnectAsync(nodes, consumer: (routing + 1) % 3, agent: (routing + 2) % 3, manager: (routing + 2) % 3);
        await clients.HoldConversationAsync("before");

        nodes.Nodes[routing].Signal("KILL");
        var killed = Stopwatch.StartNew();
        await clients.HoldConversationAsync("after");

        Took(killed.Elapsed, LongestTakeover + TimeSpan.FromSeconds(5)); // a whole conversation
    }

    [Fact]
    public async Task A_node_that_is_stopped_politely_hands_over_at_once()
    {
        var nodes = await shared.WholeAsync();
        await using var clients = await Clients.ConnectAsync(nodes, consumer: 0, agent: 1, manager: 1);
        var conversation = await clients.OpenAsync(id => nodes.OwnerOf(id) == 2);

        nodes.Nodes[2].Signal("TERM");
        Assert.Equal(0, await nodes.Nodes[2].EndedAsync());
        var left = Stopwatch.StartNew();
        await clients.Consumer.PublishTextAsync(conversation, "still here").Within();

        Took(left.Elapsed, TimeSpan.FromSeconds(2));
        Assert.NotEqual(2, nodes.OwnerOf(conversation));
        await clients.CloseAsync(conversation);
    }

    /// <summary>They waited half a minute for those of before, whose signs of life were younger than that.</summary>
    [Fact]
    public async Task Nodes_that_come_back_at_other_addresses_after_a_power_cut_do_not_wait_for_those_of_before()
    {
        var database = new TestDatabase();
        List<NodeProcess> before = [.. Enumerable.Range(0, 3).Select(_ => new NodeProcess(database.ConnectionString))];
        await Task.WhenAll(before.Select(node => node.StartAsync()));
        foreach (var node in before) await node.DisposeAsync();
        var cut = Stopwatch.StartNew();
        await using var nodes = await ThreeNodes.StartAsync(database);

        Took(cut.Elapsed, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_node_that_slept_until_the_others_declared_it_dead_ends_with_the_documented_code()
    {
        var nodes = await shared.WholeAsync();
        nodes.Nodes[2].Signal("STOP");
        await nodes.DeclaredDeadAsync(2);
        nodes.Nodes[2].Signal("CONT");

        Assert.Equal(ClusterServer.DeadExitCode, await nodes.Nodes[2].EndedAsync());
        await using var clients = await Clients.ConnectAsync(nodes, consumer: 0, agent: 1, manager: 1);
        await clients.HoldConversationAsync("without it");
    }

    [Fact]
    public async Task Who_has_not_the_certificate_of_the_nodes_is_not_taken_for_one()
    {
        var nodes = await shared.WholeAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var own = new CertificateRequest("CN=Parley nodes", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        foreach (var shown in new X509Certificate2?[] { null, own })
        {
            using var socket = new TcpClient("127.0.0.1", nodes.Nodes[0].Port);
            await using var tls = new SslStream(socket.GetStream());
            var options = new SslClientAuthenticationOptions { TargetHost = "parley", RemoteCertificateValidationCallback = delegate { return true; } };
            if (shown is not null) options.ClientCertificates = [shown];
            var refused = await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                await tls.AuthenticateAsClientAsync(options, TestContext.Current.CancellationToken).Within();
                await tls.ReadExactlyAsync(new byte[1], TestContext.Current.CancellationToken).AsTask().Within(); // what it is refused for comes afterwards
            });
            Assert.True(refused is IOException or AuthenticationException, $"{refused}");
        }
    }

    [Theory]
    [InlineData("Host=/nowhere;Password=seen-by-all", "password")]
    [InlineData("Host=/nowhere;Nonsense=1", "Nonsense")]
    [InlineData("Host=/nowhere;Timeout=1", "database")]
    public async Task A_database_that_cannot_be_used_is_told(string database, string word)
    {
        await using var node = new NodeProcess(database);
        node.Launch();
        Assert.Equal(1, await node.EndedAsync());
        Assert.Contains(word, await node.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("seen-by-all", await node.Error);
    }

    private static void Took(TimeSpan time, TimeSpan most)
    {
        TestContext.Current.TestOutputHelper!.WriteLine($"{time.TotalSeconds:0.0} s");
        Assert.InRange(time, TimeSpan.Zero, most);
    }
}
