using System.Diagnostics;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests.Postgres.Support;

/// <summary>
/// Clients, one a conversation, that publish one message after the other on whatever node takes it, and repeat what was not
/// acknowledged under the same event id. It remembers what was.
/// </summary>
internal sealed class Publishing
{
    private readonly TestNode[] _nodes;
    private readonly CancellationTokenSource _isOver = new();
    private readonly List<string> _acknowledged = [];
    private readonly Task _clients;

    /// <param name="run">Begins every event id.</param>
    /// <param name="conversations">How many.</param>
    /// <param name="nodes">Where.</param>
    public Publishing(string run, int conversations, params TestNode[] nodes)
    {
        _nodes = nodes;
        _clients = Task.WhenAll(Enumerable.Range(0, conversations).Select(i => Task.Run(() => Client($"c{i}", run, new Random(i)))));
    }

    /// <summary>Told of everything that is acknowledged, as "conversation/event id".</summary>
    public Action<string>? Told { get; init; }

    public string[] Acknowledged
    {
        get { lock (_acknowledged) return [.. _acknowledged]; }
    }

    /// <summary>Returns when so many more were acknowledged.</summary>
    public async Task Progress(int more)
    {
        var waited = Stopwatch.StartNew();
        for (var wanted = Acknowledged.Length + more; Acknowledged.Length < wanted && !_clients.IsCompleted; await Task.Delay(5))
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(1), "The clients do not get on.");

        if (_clients.IsFaulted) await _clients;
    }

    public async Task<string[]> Stop()
    {
        await _isOver.CancelAsync();
        await _clients;
        return Acknowledged;
    }

    private async Task Client(string conversation, string run, Random random)
    {
        for (var n = 0; !_isOver.IsCancellationRequested; n++)
        {
            while (await _nodes[random.Next(_nodes.Length)].Publish(conversation, $"{run}-{n}") is var outcome && outcome != Outcome.Committed)
            {
                if (_isOver.IsCancellationRequested) return;
                if (outcome != Outcome.Moved) await Task.Delay(20); // as a client does that was refused
            }

            lock (_acknowledged) _acknowledged.Add($"{conversation}/{run}-{n}");
            Told?.Invoke($"{conversation}/{run}-{n}");
        }
    }
}
