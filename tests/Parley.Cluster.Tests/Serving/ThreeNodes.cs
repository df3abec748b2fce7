using System.Diagnostics;
using Orleans.Runtime;
using Parley.Client;
using Parley.Journal.Postgres.Sharding;
using Parley.Journal.Tests.Postgres.Support;

namespace Parley.Cluster.Tests.Serving;

/// <summary>Three nodes as processes over one database.</summary>
internal sealed class ThreeNodes : IAsyncDisposable
{
    private readonly TestDatabase _database = new();

    private ThreeNodes() => Nodes = [.. Enumerable.Range(0, 3).Select(_ => new NodeProcess(_database.ConnectionString))];

    public IReadOnlyList<NodeProcess> Nodes { get; }

    public static async Task<ThreeNodes> StartAsync()
    {
        var nodes = new ThreeNodes();
        try
        {
            await Task.WhenAll(nodes.Nodes.Select(node => node.StartAsync()));
            await nodes._database.Until("SELECT count(DISTINCT owner) = 3 AND bool_and(owner <> '') FROM shard");
            return nodes;
        }
        catch
        {
            await nodes.DisposeAsync();
            throw;
        }
    }

    /// <summary>The value of a variable that one of the nodes, the one that made the account, tells.</summary>
    public string Secret(string name) => Nodes.Select(node => node.Variable(name)).OfType<string>().Single();

    public AgentClient Agent(int node) => new(Nodes[node].Endpoints, AgentCredentials.Password("agent1", Secret("LP_PASS")));

    public AgentClient Manager(int node) => new(Nodes[node].Endpoints, AgentCredentials.Password("manager1", Secret("LP_MANAGER_PASS")));

    public Task<ConsumerClient> ConsumerAsync(int node) => ConsumerClient.SignUpAsync(Nodes[node].Endpoints);

    /// <summary>Which of the nodes decides for a conversation, or routes for an account.</summary>
    public int OwnerOf(string id)
    {
        var address = (string)_database.Run($"SELECT address FROM node JOIN shard ON node.id = shard.owner WHERE shard.id = {Shards.Of(id)}")!;
        return Nodes.TakeWhile(node => !address.Contains($":{node.Port}@", StringComparison.Ordinal)).Count();
    }

    /// <summary>Waits until the nodes agree that one of them is dead.</summary>
    public async Task DeclaredDeadAsync(int node)
    {
        for (var asked = Stopwatch.StartNew(); !(bool)_database.Run($"SELECT EXISTS(SELECT FROM silo WHERE port = {Nodes[node].Port} AND status = {(int)SiloStatus.Dead})")!; await Task.Delay(100))
            Assert.True(asked.Elapsed < TimeSpan.FromMinutes(2));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.DisposeAsync();
        await _database.DisposeAsync();
    }
}
