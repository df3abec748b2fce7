using System.Diagnostics;
using Parley.Bench.Machine;
using Parley.Bench.Subjects;

namespace Parley.Bench.Workloads.Pairs;

/// <summary>Follows what a server puts off, beside the load, and waits for it afterwards.</summary>
internal sealed class SettlingWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestDebt = TimeSpan.FromSeconds(120);

    private readonly ISubject _subject;
    private readonly List<double> _tail = [];
    private readonly CancellationTokenSource _end = new();
    private readonly double _settledAtStart;
    private readonly Task _sampling;

    private SettlingWatch(ISubject subject, Settling start)
    {
        (_subject, _settledAtStart) = (subject, start.SettledEvents);
        _tail.Add(start.TailMegabytes);
        _sampling = Task.Run(SampleAsync);
    }

    /// <returns>Null for a server that puts nothing off.</returns>
    public static async Task<SettlingWatch?> StartAsync(ISubject subject) =>
        await subject.SettlingAsync() is { } start ? new SettlingWatch(subject, start) : null;

    /// <summary>Ends the sampling; the measurement is over.</summary>
    /// <returns>Settled by then.</returns>
    public async Task<double> StopAsync()
    {
        await _end.CancelAsync();
        await _sampling;
        return (await _subject.SettlingAsync())!.Value.SettledEvents;
    }

    /// <summary>Waits until nothing is left.</summary>
    /// <exception cref="TimeoutException">Something is, after two minutes.</exception>
    public async Task<SettlingFigures> DrainAsync(double settledByEnd)
    {
        var (began, cpu) = (Stopwatch.GetTimestamp(), ProcessTree.CpuSeconds(_subject.Processes));
        var before = (await _subject.SettlingAsync())!.Value;
        var now = before;
        while (now.TailMegabytes > 0)
        {
            if (Stopwatch.GetElapsedTime(began) > LongestDebt) throw new TimeoutException($"{now.TailMegabytes} MB were not settled after {LongestDebt.TotalSeconds} s.");
            await Task.Delay(100);
            now = (await _subject.SettlingAsync())!.Value;
        }

        var (events, spent) = (now.SettledEvents - before.SettledEvents, ProcessTree.CpuSeconds(_subject.Processes) - cpu);
        return new SettlingFigures(
            _tail, events, Math.Round(Stopwatch.GetElapsedTime(began).TotalSeconds, 2), events > 0 ? Math.Round(spent * 1e6 / events, 3) : 0, settledByEnd - _settledAtStart);
    }

    public void Dispose() => _end.Dispose();

    private async Task SampleAsync()
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token)) _tail.Add((await _subject.SettlingAsync())!.Value.TailMegabytes);
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }
    }
}
