using System.Diagnostics;
using Orleans.Runtime;
using Parley.Client;
using Parley.Journal.Postgres.Sharding;
using Parley.Journal.Tests.Postgres.Support;

namespace Parley.Cluster.Tests.Serving;

/// <summary>Three nodes as processes over one database.</summary>
internal sealed class ThreeNodes : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private ThreeNodes(TestDatabase database, Func<int, NodeProcess>? make)
    {
        _database = database;
        Nodes = [.. Enumerable.Range(0, 3).Select(make ?? (_ => new NodeProcess(database.ConnectionString)))];
    }

    public IReadOnlyList<NodeProcess> Nodes { get; }

    /// <param name="database">What they share, which is theirs from now on; null for one of the server that most tests share.</param>
    /// <param name="make">Makes a node; null for one that reaches the database as the test does.</param>
    public static async Task<ThreeNodes> StartAsync(TestDatabase? database = null, Func<int, NodeProcess>? make = null)
    {
        var nodes = new ThreeNodes(database ?? new(), make);
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

    /// <summary>Which of the nodes decides for a conversation, or routes for an account; -1 for none.</summary>
    public int OwnerOf(string id)
    {
        var address = _database.Run($"SELECT address FROM node JOIN shard ON node.id = shard.owner WHERE shard.id = {Shards.Of(id)}") as string;
        return address is null ? -1 : Nodes.TakeWhile(node => !address.Contains($":{node.Port}@", StringComparison.Ordinal)).Count();
    }

    /// <summary>Starts those again that have ended, as a supervisor does; returns when all of them take work and decide for their share.</summary>
    public async Task WholeAsync()
    {
        await Task.WhenAll(Nodes.Select(async node =>
        {
            for (var isUp = false; !isUp;)
            {
                try
                {
                    await (node.HasEnded ? node.StartAsync() : node.ReadyAsync());
                    isUp = true;
                }
                catch (HttpRequestException)
                {
                    await node.EndedAsync(); // it was declared dead
                }
            }
        }));
        await _database.Until("SELECT count(DISTINCT owner) = 3 AND bool_and(owner IN (SELECT id FROM node WHERE lease_until > now())) FROM shard");
    }

    /// <summary>Returns when nothing that was asked on one of them waits for another, whether whoever asked is still there or not. All of them are up.</summary>
    public async Task QuietAsync()
    {
        using var http = new HttpClient();
        var asked = Stopwatch.StartNew();
        foreach (var node in Nodes)
        {
            while (!(await http.GetStringAsync(new Uri(node.Address, "/metrics"))).Split('\n').Any(line => line.StartsWith("parley_cluster_waiting", StringComparison.Ordinal) && line.EndsWith(" 0", StringComparison.Ordinal)))
            {
                Assert.True(asked.Elapsed < TimeSpan.FromMinutes(1), "Something waits for ever");
                await Task.Delay(100);
            }
        }
    }

    /// <summary>Waits until the nodes agree that one of them is dead.</summary>
    public async Task DeclaredDeadAsync(int node)
    {
        for (var asked = Stopwatch.StartNew(); (int)_database.Run($"SELECT status FROM silo WHERE port = {Nodes[node].Port} ORDER BY generation DESC LIMIT 1")! != (int)SiloStatus.Dead; await Task.Delay(100))
            Assert.True(asked.Elapsed < TimeSpan.FromMinutes(2));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.DisposeAsync();
        await _database.DisposeAsync();
    }
}
