using System.Diagnostics;
using Parley.Bench.Subjects;

namespace Parley.Bench.Load;

/// <summary>
/// Drives pairs from one thread: each sender keeps its window full, an answer makes room for the next publish. What is slow
/// slows the load, so rates and latencies belong together and cannot be read apart.
/// </summary>
internal sealed class ClosedLoop : IDisposable
{
    private const int LongestWaitMilliseconds = 100;

    private readonly Epoll _epoll = new();
    private readonly IReadOnlyList<Pair> _pairs;
    private readonly IReadOnlyList<Bystander> _bystanders;
    private readonly int _window;

    /// <param name="pairs">Whom to drive; still owned by the caller.</param>
    /// <param name="window">Publishes that each sender keeps in flight.</param>
    /// <param name="bystanders">Whom to read besides.</param>
    public ClosedLoop(IReadOnlyList<Pair> pairs, int window, IReadOnlyList<Bystander>? bystanders = null)
    {
        (_pairs, _window, _bystanders) = (pairs, window, bystanders ?? []);
        for (var i = 0; i < _bystanders.Count; i++) _epoll.Watch(_bystanders[i].Socket, 2 * (pairs.Count + i));
        for (var i = 0; i < pairs.Count; i++)
        {
            _epoll.Watch(pairs[i].Sender.Socket, 2 * i);
            _epoll.Watch(pairs[i].Agent.Socket, 2 * i + 1);
        }
    }

    /// <summary>Publishes for so long; the windows stay full at the end.</summary>
    public void Run(TimeSpan duration)
    {
        foreach (var pair in _pairs) pair.Fill(_window);
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < end) Turn(_window);
    }

    /// <summary>Publishes no more and waits for what is under way.</summary>
    /// <returns>Answers and notifications that did not come in time.</returns>
    public long Drain(TimeSpan patience)
    {
        var end = Stopwatch.GetTimestamp() + (long)(patience.TotalSeconds * Stopwatch.Frequency);
        while (Missing > 0 && Stopwatch.GetTimestamp() < end) Turn(window: 0);
        return Missing;
    }

    public void Dispose() => _epoll.Dispose();

    private long Missing => _pairs.Sum(pair => pair.InFlight + Math.Max(0, pair.Undelivered));

    private void Turn(int window)
    {
        var ready = _epoll.Wait(LongestWaitMilliseconds);
        for (var i = 0; i < ready; i++)
        {
            var token = _epoll.Token(i);
            if (token >> 1 >= _pairs.Count)
            {
                _bystanders[(int)(token >> 1) - _pairs.Count].Receive();
                continue;
            }

            var pair = _pairs[(int)(token >> 1)];
            if ((token & 1) != 0)
            {
                pair.ReceiveAtAgent();
            }
            else
            {
                pair.ReceiveAtSender();
                pair.Fill(window);
            }
        }
    }
}
