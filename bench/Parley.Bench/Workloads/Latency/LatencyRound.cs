namespace Parley.Bench.Workloads.Latency;

/// <summary>Medians of one round, milliseconds.</summary>
/// <param name="Publish">From publish to answer.</param>
/// <param name="Echo">Of the echo's round trip.</param>
/// <param name="Sync">Of the fdatasync.</param>
internal sealed record LatencyRound(double Publish, double Echo, double Sync)
{
    /// <summary>The publish as a multiple of what it cannot do without.</summary>
    public double OfFloor => Publish / (Echo + Sync);
}
