using Parley.Bench.Machine;
using Parley.Bench.Reporting;

namespace Parley.Bench.Workloads.Pairs;

/// <summary>One measurement of one server.</summary>
internal sealed record PairsLeg
{
    /// <summary>The server's name.</summary>
    public required string Subject { get; init; }

    /// <summary>From 0.</summary>
    public required int Round { get; init; }

    /// <summary>Answered with 200 within the measurement.</summary>
    public required long Publishes { get; init; }

    public required double PublishesPerSecond { get; init; }

    /// <summary>Notifications to senders and agents.</summary>
    public required double DeliveriesPerSecond { get; init; }

    /// <summary>Publishes in each second of the measurement.</summary>
    public required IReadOnlyList<double> RateBySecond { get; init; }

    /// <summary>From publish to its answer.</summary>
    public required LatencyFigures ToAnswer { get; init; }

    /// <summary>From publish to the notification at the agent.</summary>
    public required LatencyFigures ToDelivery { get; init; }

    /// <summary>Processor time of the server; what it does later to settle is not in it.</summary>
    public required double ServerMicrosecondsPerPublish { get; init; }

    public required CpuUse Cpu { get; init; }

    /// <summary>Allocated on the server's managed heap, settling within the measurement included; null where that cannot be known.</summary>
    public double? AllocatedBytesPerPublish { get; init; }

    /// <summary>What all nodes together send to each other; null for a server that is alone.</summary>
    public double? BytesBetweenNodesPerPublish { get; init; }

    /// <summary>At the end of the measurement.</summary>
    public required double ServerResidentMegabytes { get; init; }

    /// <summary>What <see cref="ServerMicrosecondsPerPublish"/> leaves out; null for a server that puts nothing off.</summary>
    public SettlingFigures? Settling { get; init; }

    /// <summary>Frames to managers who follow all conversations.</summary>
    public required double BystanderFramesPerSecond { get; init; }

    /// <summary>Processor time of the server for each publish, with what it had to do for it later.</summary>
    public double AllInMicrosecondsPerPublish => ServerMicrosecondsPerPublish
        + (Settling is { } later ? later.DebtMicrosecondsPerEvent * (1 - later.SettledWithin / Publishes) : 0);

    /// <summary>Since the first publish, warm-up included, as <see cref="Errors"/> and <see cref="Lost"/>.</summary>
    public required long OutOfOrder { get; init; }

    /// <summary>Refused publishes and frames that make no sense.</summary>
    public required long Errors { get; init; }

    /// <summary>Answers and notifications that had not come 10 s after the last publish.</summary>
    public required long Lost { get; init; }

    public string? FirstError { get; init; }
}
