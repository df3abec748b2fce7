using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Parley.Client.Tests.Peer;

/// <summary>A clock that stands still until it is advanced, and tells what is being waited for, so that no test has to guess when to advance it.</summary>
public sealed class ObservedTime : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until the program waits for something this long, and returns how long exactly.</summary>
    public async Task<TimeSpan> WaitForTimerAsync(Func<TimeSpan, bool> isExpected)
    {
        while (true)
        {
            TimeSpan due = await _timers.Reader.ReadAsync().AsTask().Within();
            if (isExpected(due)) return due;
        }
    }
}
