using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Parley.Cluster.Tests.Serving;

namespace Parley.Cluster.Tests.Faults.Loads;

/// <summary>Consumers who begin conversations all the time and agents who take what rings at them and close it, over all nodes.</summary>
internal sealed class Shift : IAsyncDisposable
{
    private const int Agents = 4, Consumers = 4;

    /// <summary>How long a client waits for an answer before he goes elsewhere.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, long> _opened = new();
    private readonly ConcurrentDictionary<(string Conversation, string Agent), long> _taken = new();
    private readonly ThreeNodes _cluster;
    private User? _manager;
    private Task _opening = Task.CompletedTask, _serving = Task.CompletedTask;
    private volatile bool _isStopping;

    private Shift(ThreeNodes cluster) => _cluster = cluster;

    public IReadOnlyList<NodeProcess> Nodes => _cluster.Nodes;

    public bool IsOver { get; private set; }

    public static async Task<Shift> StartAsync(ThreeNodes cluster, Random random)
    {
        var shift = new Shift(cluster);
        shift._manager = await User.ManagerAsync(cluster.Nodes[0], "manager", cluster.Secret("LP_MANAGER_PASS"));
        var name = $"{random.Next():x}";
        var desks = await Task.WhenAll(Enumerable.Range(0, Agents).Select(async i => new Desk(shift, await User.NewAgentAsync(cluster.Nodes[0], $"a{i}-{name}"), new Random(random.Next()))));
        var consumers = await Task.WhenAll(Enumerable.Range(0, Consumers).Select(i => User.ConsumerAsync(cluster.Nodes[0], $"c{i}-{name}")));
        shift._serving = Task.WhenAll(desks.Select(desk => Task.Run(desk.RunAsync)));
        shift._opening = Task.WhenAll(consumers.Select(consumer => new Random(random.Next())).Zip(consumers, (own, consumer) => Task.Run(() => shift.OpenAsync(consumer, own))));
        return shift;
    }

    /// <summary>Who was told that a conversation is his.</summary>
    public void Took(string conversation, string agent) => _taken.TryAdd((conversation, agent), Stopwatch.GetTimestamp());

    /// <summary>Returns when so many conversations were taken that were opened from now on.</summary>
    public async Task ProgressAsync(int count = 10)
    {
        var since = Stopwatch.GetTimestamp();
        while (_taken.Keys.Count(taken => _opened.TryGetValue(taken.Conversation, out var at) && at > since) < count)
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < Limit, "Nobody is given anything");
            await Task.Delay(50);
        }
    }

    /// <summary>Ends it. All nodes are up: every conversation that was acknowledged was given to one agent, and all nodes say that he closed it.</summary>
    /// <returns>How long each waited for its agent.</returns>
    public async Task<IReadOnlyList<TimeSpan>> FinishAsync()
    {
        _isStopping = true;
        await _opening;
        for (var node = 0; node < Nodes.Count; node++)
        {
            var asked = Stopwatch.StartNew();
            for (HashSet<string> left = [.. _opened.Keys]; left.Count > 0; left.IntersectWith(await OpenAsync(node)))
                Assert.True(asked.Elapsed < Limit, $"Node {node} says that they are still open: {string.Join(", ", left)}");
        }

        await DisposeAsync();
        Assert.DoesNotContain(_taken.Keys.GroupBy(taken => taken.Conversation), takers => takers.Count() > 1);
        var taken = _taken.ToDictionary(entry => entry.Key.Conversation, entry => entry.Value);
        Assert.DoesNotContain(_opened.Keys, id => !taken.ContainsKey(id));
        return [.. _opened.Select(opened => Stopwatch.GetElapsedTime(opened.Value, taken[opened.Key]))];
    }

    public async ValueTask DisposeAsync()
    {
        _isStopping = IsOver = true;
        await _opening;
        await _serving;
    }

    private async Task OpenAsync(User consumer, Random random)
    {
        while (!_isStopping)
        {
            try
            {
                await using var line = await Line.OpenAsync(Nodes[random.Next(Nodes.Count)], consumer, static _ => { }, Patience);
                while (!_isStopping && random.Next(20) > 0)
                {
                    var answer = await line.AskAsync("cm.ConsumerRequestConversation", new { brandId = "demo" }, Patience);
                    if (answer.GetProperty("code").GetInt32() == 200) _opened[answer.GetProperty("body").GetProperty("conversationId").GetString()!] = Stopwatch.GetTimestamp();
                    await Task.Delay(random.Next(100, 400));
                }
            }
            catch (LineLostException)
            {
                await Task.Delay(random.Next(10, 100)); // whether one was opened he does not know
            }
        }
    }

    // What a node says is open.
    private async Task<IReadOnlyCollection<string>> OpenAsync(int node)
    {
        var list = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var line = await Line.OpenAsync(
            Nodes[node], _manager!, message => _ = !message.TryGetProperty("reqId", out _) && Desk.IsList(message) && list.TrySetResult(message), Limit);
        await line.AskAsync("cqm.SubscribeExConversations", new { convState = (string[])["OPEN"] }, Limit);
        return [.. (await list.Task.WaitAsync(Limit)).GetProperty("body").GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("result").GetProperty("convId").GetString()!)];
    }
}
