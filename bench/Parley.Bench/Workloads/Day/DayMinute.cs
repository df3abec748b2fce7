using Parley.Bench.Machine;
using Parley.Bench.Reporting;

namespace Parley.Bench.Workloads.Day;

/// <summary>One minute of the day.</summary>
internal sealed record DayMinute
{
    public required CpuUse Cpu { get; init; }

    /// <summary>At its end.</summary>
    public required double ServerResidentMegabytes { get; init; }

    public required long Publishes { get; init; }
    public required long Deliveries { get; init; }

    /// <summary>Receipts and chat states.</summary>
    public required long OtherEvents { get; init; }

    public required long Opened { get; init; }
    public required long Closed { get; init; }
    public required LatencyFigures ToAnswer { get; init; }
    public required LatencyFigures ToDelivery { get; init; }
}
