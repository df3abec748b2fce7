using Parley.Bench.Machine;
using Parley.Bench.Reporting;

namespace Parley.Bench.Workloads.Latency;

internal sealed record LatencyResult(Provenance Provenance, LatencySettings Settings)
{
    public required LatencyFigures Publish { get; init; }
    public required LatencyFigures Echo { get; init; }
    public required LatencyFigures Sync { get; init; }
    public required IReadOnlyList<LatencyRound> Rounds { get; init; }

    /// <summary>Over all rounds, floors included.</summary>
    public required CpuUse Cpu { get; init; }

    public required long OutOfOrder { get; init; }
    public required long Errors { get; init; }
    public required long Lost { get; init; }

    /// <summary>The median publish as a multiple of the median echo plus the median sync.</summary>
    public double OfFloor => Publish.P50 / (Echo.P50 + Sync.P50);
}
