using System.Diagnostics.Metrics;
using Parley.Conversations;
using Parley.Server.Ownership;

namespace Parley.Server.Routing;

/// <summary>What routing counts (meter <c>Parley.Routing</c>), by account.</summary>
internal sealed class RoutingMetrics : IDisposable
{
    private static readonly InstrumentAdvice<double> Waits = new() { HistogramBucketBoundaries = [1, 5, 15, 30, 60, 120, 300, 600, 1800, 3600, 14_400, 86_400] };

    private readonly Meter _meter = new("Parley.Routing");
    private readonly Counter<long> _offered;
    private readonly Counter<long> _ended;
    private readonly Histogram<double> _wait;

    public RoutingMetrics(TimeProvider time)
    {
        Gauge("parley.routing.waiting", "{conversation}", "Conversations that wait for an agent", f => f.Waiting);
        Gauge("parley.routing.overdue", "{conversation}", "Waiting conversations that should have been answered", f => f.Overdue);
        Gauge("parley.routing.rings.waiting", "{ring}", "Rings that wait for their agents", f => f.RingsWaiting);
        _meter.CreateObservableGauge("parley.routing.wait.longest", () => Figures().Select(f => Measure(
            f.WaitingSince is { } since ? Math.Max(0, time.GetUtcNow().ToUnixTimeMilliseconds() - since) / 1000.0 : 0, f.AccountId)), "s", "How long the conversation waits that waits longest");
        _meter.CreateObservableGauge("parley.routing.agents", () => Figures().SelectMany(f => f.AgentsByState.Select(s => new Measurement<int>(
            s.Value, KeyValuePair.Create("account", (object?)f.AccountId), KeyValuePair.Create("state", (object?)s.Key)))), "{agent}", "Agents by what they say of themselves");
        _offered = _meter.CreateCounter<long>("parley.routing.rings.offered", "{ring}", "Rings offered to agents");
        _ended = _meter.CreateCounter<long>("parley.routing.rings.ended", "{ring}", "Rings that ended, by how");
        _wait = _meter.CreateHistogram("parley.routing.wait", "s", "How long conversations waited for the agent they got", tags: null, Waits);
    }

    /// <summary>How every account stands; asked by whoever collects.</summary>
    public Func<IEnumerable<RoutingFigures>> Figures { private get; set; } = () => [];

    /// <summary>A conversation went from one committed state to another.</summary>
    public void Observe(Conversation? before, Conversation after)
    {
        var account = KeyValuePair.Create("account", (object?)after.AccountId);
        foreach (var ring in after.Rings)
        {
            var known = before?.FindRing(ring.Id);
            if (known is null) _offered.Add(1, account);
            if (ring.State != RingState.Waiting && known?.State is null or RingState.Waiting) _ended.Add(1, account, KeyValuePair.Create("state", (object?)WireNames.Of(ring.State)));
        }

        if (before is { WaitingSince: { } since, AssignedAgent: null } && after.AssignedAgent is not null)
            _wait.Record(Math.Max(0, after.LastTimestamp - before.AttendedFrom(since)) / 1000.0, account);
    }

    public void Dispose() => _meter.Dispose();

    private void Gauge(string name, string unit, string description, Func<RoutingFigures, int> count) =>
        _meter.CreateObservableGauge(name, () => Figures().Select(f => Measure(count(f), f.AccountId)), unit, description);

    private static Measurement<T> Measure<T>(T value, string accountId) where T : struct => new(value, KeyValuePair.Create("account", (object?)accountId));
}
