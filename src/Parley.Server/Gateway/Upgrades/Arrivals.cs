using System.Collections.Concurrent;
using System.IO.Pipelines;

namespace Parley.Server.Gateway.Upgrades;

/// <summary>Connections whose first request is not known yet, and one clock for all of them.</summary>
internal sealed class Arrivals : IDisposable
{
    /// <summary>How long the head of a first request may take, from the connection on.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Arrival, byte> _waiting = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private volatile bool _isStopping;

    public Arrivals(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(_ => Look(), null, Tick, Tick);
    }

    public Arrival Begin(PipeReader input)
    {
        var arrival = new Arrival(input, _time.GetTimestamp());
        _waiting[arrival] = 0;
        if (_isStopping) arrival.Expire();
        return arrival;
    }

    public void End(Arrival arrival) => _waiting.TryRemove(arrival, out _);

    /// <summary>The server stops: nobody is waited for any more.</summary>
    public void Stop()
    {
        _isStopping = true;
        foreach (var arrival in _waiting.Keys) arrival.Expire();
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var now = _time.GetTimestamp();
        foreach (var arrival in _waiting.Keys)
        {
            if (_time.GetElapsedTime(arrival.Since, now) >= Patience) arrival.Expire();
        }
    }
}
