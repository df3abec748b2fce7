using System.Diagnostics;

namespace Parley.Bench.Workloads.Day;

/// <summary>What people will do, and when.</summary>
internal sealed class Clockwork
{
    private readonly PriorityQueue<Action, long> _due = new();
    private readonly Random _random = new(1);

    /// <summary>Nobody begins anything new any more.</summary>
    public bool IsOver { get; set; }

    /// <summary>Once, after a while of this mean, unless it is over by then.</summary>
    public void After(double meanSeconds, Action action) => Enqueue(-Math.Log(1 - _random.NextDouble()) * meanSeconds, () =>
    {
        if (!IsOver) action();
    });

    /// <summary>Once, at any moment within so many seconds, also when it is over: others wait for it.</summary>
    public void Within(double seconds, Action action) => Enqueue(_random.NextDouble() * seconds, action);

    /// <summary>Does what is due.</summary>
    /// <returns>Milliseconds until the next thing is, 10 at most.</returns>
    public int Turn()
    {
        while (_due.TryPeek(out var action, out var at))
        {
            var left = at - Stopwatch.GetTimestamp();
            if (left > 0) return (int)Math.Min(10, left * 1000 / Stopwatch.Frequency + 1);
            _due.Dequeue();
            action();
        }

        return 10;
    }

    private void Enqueue(double seconds, Action action) => _due.Enqueue(action, Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency));
}
