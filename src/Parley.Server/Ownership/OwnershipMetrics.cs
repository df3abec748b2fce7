using System.Diagnostics.Metrics;

namespace Parley.Server.Ownership;

/// <summary>The instruments of the meter <c>Parley.Ownership</c>.</summary>
internal static class OwnershipMetrics
{
    private static readonly Meter Meter = new("Parley.Ownership");

    public static readonly Counter<long> Missed = Meter.CreateCounter<long>("parley.ownership.missed", "{conversation}", "Times that another node's events came without those before them.");
    public static readonly Counter<long> Recovered = Meter.CreateCounter<long>("parley.ownership.recovered", "{conversation}", "Conversations read again because what was in memory might be old.");
}
