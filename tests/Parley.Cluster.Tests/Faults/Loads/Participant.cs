using System.Diagnostics;
using System.Text.Json;
using Parley.Client;
using Parley.Cluster.Tests.Faults.Histories;

namespace Parley.Cluster.Tests.Faults.Loads;

/// <summary>
/// A user in one conversation, on whichever node takes him: he writes and reads along, repeats what was not answered and some of what was, goes to another node now and then,
/// and notes all of it. A manager sometimes subscribes and sometimes does as agents' programs do, which ask for what they missed and are sent the rest unasked.
/// </summary>
internal sealed class Participant(Load load, User user, string dialog, Random random)
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(3);

    private readonly TaskCompletionSource _quiet = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private (string EventId, string Text)? _writing, _written;
    private readonly List<StoredEvent> _ahead = [];
    private bool _overhears, _isLive;
    private long _caughtUp;
    private int _count;
    private int _node = -1;
    private long _next;
    private long _end = long.MaxValue;

    public string Name => user.Name;

    public string Dialog => dialog;

    /// <summary>The node that he is connected to; -1 while he is not.</summary>
    public int Node => Volatile.Read(ref _node);

    /// <summary>Completes when he writes no more, after he was told to stop.</summary>
    public Task Quiet => _quiet.Task;

    /// <summary>Completes when he has been sent everything before <see cref="ReadUpTo"/>.</summary>
    public Task Complete => _complete.Task;

    /// <summary>Says where the dialog ends, now that nobody writes any more.</summary>
    public void ReadUpTo(long end)
    {
        lock (_gate)
        {
            _end = end;
            if (_next >= _end) _complete.TrySetResult();
        }
    }

    /// <summary>Goes on until the load is over.</summary>
    public async Task RunAsync()
    {
        while (!load.IsOver)
        {
            try
            {
                await ConnectAsync();
            }
            catch (LineLostException)
            {
                // As any client: elsewhere, a moment later.
            }

            Volatile.Write(ref _node, -1);
            if (load.IsStopping) _quiet.TrySetResult();
            await Task.Delay(random.Next(10, 100));
        }
    }

    /// <summary>Opens a socket of his beside the one that he has, on which nothing is noted that comes.</summary>
    public Task<Line> OpenAsync(int node) => Line.OpenAsync(load.Nodes[node], user, static _ => { }, ConnectPatience);

    /// <summary>Publishes, and notes what became of it.</summary>
    /// <exception cref="LineLostException">He is not answered.</exception>
    public async Task<Outcome> PublishAsync(Line line, int node, (string EventId, string Text) message)
    {
        var sentAt = Stopwatch.GetTimestamp();
        var (outcome, code, sequence) = (Outcome.Unknown, 0, 0L);
        try
        {
            var answer = await line.AskAsync("ms.PublishEvent", new
            {
                dialogId = dialog,
                eventId = message.EventId,
                @event = new { type = "ContentEvent", contentType = "text/plain", message = message.Text },
            }, load.Patience);
            code = Code(answer);
            outcome = code == 200 ? Outcome.Acknowledged : Outcome.Refused;
            if (code == 200) sequence = answer.GetProperty("body").GetProperty("sequence").GetInt64();
        }
        finally
        {
            load.History.Add(new Publish(dialog, message.EventId, message.Text, sentAt, Stopwatch.GetTimestamp(), outcome) { Sequence = sequence, Code = code, Node = node });
        }

        return outcome;
    }

    private async Task ConnectAsync()
    {
        var node = random.Next(load.Nodes.Count);
        (_overhears, _isLive, _caughtUp) = (user.IsManager && random.Next(2) == 0, false, 0);
        _ahead.Clear();
        await using var line = await Line.OpenAsync(load.Nodes[node], user, message => Receive(message, node), ConnectPatience);
        var begun = _overhears
            ? await line.AskAsync("ms.QueryMessages", new { dialogId = dialog, newerThanSequence = Math.Max(0, _next - 1), maxQuantity = 5000 }, load.Patience)
            : await line.AskAsync("ms.SubscribeMessagingEvents", new { dialogId = dialog, fromSeq = _next }, load.Patience);
        if (Code(begun) != 200) return;
        Volatile.Write(ref _node, node);
        while (!load.IsStopping)
        {
            if (!await ActAsync(line, node)) return;
            await Task.Delay(random.Next(20, 60));
        }

        _quiet.TrySetResult();
        await Task.WhenAny(line.Ended, load.Over);
        load.Saw(node, line.Closure);
    }

    /// <returns>False: to another node.</returns>
    private async Task<bool> ActAsync(Line line, int node)
    {
        try
        {
            switch (random.Next(100))
            {
                case < 2: return false;
                case < 6:
                    await LookAsync(line, node);
                    return true;
                case < 10 when _written is { } again:
                    await PublishAsync(line, node, again);
                    return true;
                default:
                    var writing = _writing ??= ($"{user.Name}-{++_count}", $"{_count} of {user.Name} in {dialog}");
                    var outcome = await PublishAsync(line, node, writing);
                    if (outcome == Outcome.Acknowledged) _written = writing;
                    if (outcome == Outcome.Acknowledged || random.Next(3) == 0) _writing = null; // or given up
                    return true;
            }
        }
        catch (LineLostException)
        {
            load.Saw(node, line.Closure);
            if (random.Next(10) == 0) _writing = null;
            throw;
        }
    }

    private async Task LookAsync(Line line, int node)
    {
        var askedAt = Stopwatch.GetTimestamp();
        var answer = await line.AskAsync("ms.QueryMessages", new { dialogId = dialog, maxQuantity = 1 }, load.Patience);
        if (Code(answer) != 200) return;
        var newest = answer.GetProperty("body").EnumerateArray().LastOrDefault();
        load.History.Add(new Look(dialog, askedAt, newest.ValueKind == JsonValueKind.Undefined ? 0 : newest.GetProperty("sequence").GetInt64() + 1, node));
    }

    // A manager is sent what is written wherever he takes part. What came before the answer is what he missed, or of no account: with a subscription nothing comes but that.
    private void Receive(JsonElement message, int node)
    {
        if (!message.TryGetProperty("body", out var body)) return;
        if (message.TryGetProperty("reqId", out _))
        {
            if (_isLive || !message.GetProperty("type").GetString()!.Contains(_overhears ? "QueryMessages" : "GenericSubscribe", StringComparison.Ordinal)) return;
            _isLive = true;
            if (!_overhears) return;
            foreach (var e in body.EnumerateArray().Select(StoredEvent.TryRead).OfType<StoredEvent>().Concat(_ahead)) NoteUnlessKnown(e);
            _caughtUp = _next;
            return;
        }

        foreach (var change in body.TryGetProperty("changes", out var changes) ? changes.EnumerateArray().ToArray() : [body])
        {
            if (StoredEvent.TryRead(change) is not { } e || e.Dialog != dialog) continue;
            if (!_isLive) _ahead.Add(e);
            else if (e.Sequence >= _caughtUp) Note(e);
        }

        void NoteUnlessKnown(StoredEvent e)
        {
            if (e.Sequence >= _next) Note(e);
        }

        void Note(StoredEvent e)
        {
            load.History.Add(new Delivery(user.Name, e, node, Stopwatch.GetTimestamp()));
            lock (_gate)
            {
                _next = Math.Max(_next, e.Sequence + 1);
                if (_next >= _end) _complete.TrySetResult();
            }
        }
    }

    private static int Code(JsonElement answer) => answer.GetProperty("code").GetInt32();
}
