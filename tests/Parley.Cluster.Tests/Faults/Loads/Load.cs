using System.Collections.Concurrent;
using System.Text.Json;
using Parley.Client;
using Parley.Cluster.Tests.Faults.Histories;
using Parley.Cluster.Tests.Serving;

namespace Parley.Cluster.Tests.Faults.Loads;

/// <summary>Consumers, each in a conversation with a manager, who write to each other all the time over all nodes.</summary>
internal sealed class Load : IAsyncDisposable
{
    private const int LeastConversations = 12;
    private const int LeastConversationsOfANode = 3;

    /// <summary>Nobody waits longer for what must come to pass.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<(int Node, SocketClosure Closure)> _closures = new();
    private readonly List<Participant> _participants = [];
    private readonly ThreeNodes _cluster;
    private Task _running = Task.CompletedTask;
    private User? _reader;

    private Load(ThreeNodes cluster, TimeSpan patience) => (_cluster, Patience) = (cluster, patience);

    public History History { get; } = new();

    public IReadOnlyList<NodeProcess> Nodes => _cluster.Nodes;

    public IReadOnlyList<Participant> Participants => _participants;

    /// <summary>How long a client waits for an answer before he goes elsewhere.</summary>
    public TimeSpan Patience { get; }

    /// <summary>Whether nobody is to begin anything more.</summary>
    public bool IsStopping { get; private set; }

    public bool IsOver => _over.Task.IsCompleted;

    public Task Over => _over.Task;

    /// <summary>How sockets ended, and of which nodes.</summary>
    public IReadOnlyCollection<(int Node, SocketClosure Closure)> Closures => _closures;

    /// <summary>Begins: every node decides for some of the conversations.</summary>
    /// <param name="cluster">The nodes; all of them are up.</param>
    /// <param name="random">What clients do.</param>
    /// <param name="patience">See <see cref="Patience"/>.</param>
    public static async Task<Load> StartAsync(ThreeNodes cluster, Random random, TimeSpan? patience = null)
    {
        var load = new Load(cluster, patience ?? TimeSpan.FromSeconds(5));
        var manager = load._reader = await User.ManagerAsync(cluster.Nodes[0], "manager", cluster.Secret("LP_MANAGER_PASS"));
        await using var joining = await Line.OpenAsync(cluster.Nodes[0], manager, static _ => { }, Limit);
        var owned = new int[cluster.Nodes.Count];
        for (var i = 0; i < LeastConversations || owned.Min() < LeastConversationsOfANode; i++)
        {
            var consumer = await User.ConsumerAsync(cluster.Nodes[i % cluster.Nodes.Count], $"consumer{i}");
            await using var opening = await Line.OpenAsync(cluster.Nodes[i % cluster.Nodes.Count], consumer, static _ => { }, Limit);
            var dialog = Good(await opening.AskAsync("cm.ConsumerRequestConversation", new { brandId = "demo" }, Limit)).GetProperty("conversationId").GetString()!;
            var join = new { field = "ParticipantsChange", type = "ADD", role = "MANAGER" };
            Good(await joining.AskAsync("cm.UpdateConversationField", new { conversationId = dialog, conversationField = new[] { join } }, Limit));
            load._participants.Add(new(load, consumer, dialog, new Random(random.Next())));
            load._participants.Add(new(load, manager with { Name = $"manager{i}" }, dialog, new Random(random.Next())));
            owned[cluster.OwnerOf(dialog)]++;
        }

        load._running = Task.WhenAll(load._participants.Select(p => Task.Run(p.RunAsync)));
        return load;
    }

    /// <summary>The conversations that a node decides for, as far as somebody has part in them who is not connected to that very node.</summary>
    public IReadOnlyList<string> OwnedBy(int node) =>
        [.. _participants.GroupBy(p => p.Dialog).Where(d => d.Any(p => p.Node != node)).Select(d => d.Key).Where(dialog => _cluster.OwnerOf(dialog) == node)];

    public IReadOnlyList<string> Dialogs => [.. _participants.Select(p => p.Dialog).Distinct()];

    /// <summary>Returns when in each of these conversations something was acknowledged that was sent after a moment.</summary>
    /// <returns>How long each took from then on.</returns>
    public async Task<IReadOnlyList<TimeSpan>> ServedAsync(IEnumerable<string> dialogs, long since)
    {
        var missing = dialogs.ToHashSet();
        var times = new List<TimeSpan>();
        await UntilAsync(publish =>
        {
            if (publish.Outcome == Outcome.Acknowledged && publish.SentAt >= since && missing.Remove(publish.Dialog))
                times.Add(TimeSpan.FromSeconds((double)(publish.ToldAt - since) / System.Diagnostics.Stopwatch.Frequency));
            return missing.Count == 0;
        }, () => $"not served: {string.Join(", ", missing.Select(dialog => $"{dialog} of node {_cluster.OwnerOf(dialog)}"))}");
        return times;
    }

    /// <summary>Returns when in each conversation something was acknowledged that was sent from now on.</summary>
    public Task ProgressAsync() => ServedAsync(Dialogs, System.Diagnostics.Stopwatch.GetTimestamp());

    /// <summary>Returns when the attempts from now on have brought what is wanted.</summary>
    public async Task UntilAsync(Func<Publish, bool> isEnough, Func<string> otherwise)
    {
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new Lock();
        History.Published += See;
        try
        {
            await enough.Task.WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            Assert.Fail(otherwise());
        }
        finally
        {
            History.Published -= See;
        }

        void See(Publish publish)
        {
            lock (gate)
            {
                if (isEnough(publish)) enough.TrySetResult();
            }
        }
    }

    public void Saw(int node, SocketClosure? closure)
    {
        if (closure is not null) _closures.Enqueue((node, closure));
    }

    /// <summary>Stops writing, waits until everybody has read everything, and looks what is stored. All nodes are up.</summary>
    /// <returns>What is wrong with the history.</returns>
    public async Task<IReadOnlyList<Violation>> FinishAsync()
    {
        await StopAsync();
        await _cluster.QuietAsync();
        List<List<StoredEvent>> told = [];
        for (var node = 0; node < Nodes.Count; node++) told.Add(await StoredAsync(node));
        var ends = told[0].GroupBy(e => e.Dialog).ToDictionary(g => g.Key, g => g.Max(e => e.Sequence) + 1);
        foreach (var participant in _participants) participant.ReadUpTo(ends.GetValueOrDefault(participant.Dialog));
        await Task.WhenAll(_participants.Select(p => p.Complete)).WaitAsync(Limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await DisposeAsync();
        var violations = told.Skip(1).Where(other => !other.SequenceEqual(told[0]))
            .Select(other => new Violation(ViolationKind.Stale, $"Nodes tell differently what is stored: {other.Except(told[0]).Concat(told[0].Except(other)).FirstOrDefault()}"));
        return [.. violations, .. Checker.Check(History, told[0], [.. _participants.Select(p => (p.Name, p.Dialog))])];
    }

    /// <summary>Returns when nobody writes any more.</summary>
    public Task StopAsync()
    {
        IsStopping = true;
        return Task.WhenAll(_participants.Select(p => p.Quiet)).WaitAsync(Limit);
    }

    /// <summary>All events of all conversations, as a node tells them.</summary>
    public async Task<List<StoredEvent>> StoredAsync(int node)
    {
        const int Page = 5_000;
        List<StoredEvent> stored = [];
        await using var line = await Line.OpenAsync(Nodes[node], _reader!, static _ => { }, Limit);
        foreach (var dialog in Dialogs)
        {
            List<StoredEvent> page, all = [];
            for (long? before = null; ; before = page[0].Sequence)
            {
                var body = before is null ? (object)new { dialogId = dialog, maxQuantity = Page } : new { dialogId = dialog, maxQuantity = Page, olderThanSequence = before };
                page = [.. Good(await line.AskAsync("ms.QueryMessages", body, Limit)).EnumerateArray().Select(StoredEvent.TryRead).OfType<StoredEvent>()];
                all.InsertRange(0, page);
                if (page.Count < Page) break;
            }

            stored.AddRange(all);
        }

        return stored;
    }

    public async ValueTask DisposeAsync()
    {
        (IsStopping, _) = (true, _over.TrySetResult());
        await _running;
    }

    private static JsonElement Good(JsonElement answer) =>
        answer.GetProperty("code").GetInt32() == 200 ? answer.GetProperty("body") : throw new InvalidOperationException($"{answer}");
}
