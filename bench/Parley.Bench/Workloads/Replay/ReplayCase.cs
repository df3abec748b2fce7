using Parley.Bench.Reporting;

namespace Parley.Bench.Workloads.Replay;

/// <summary>Replays of one size.</summary>
internal sealed record ReplayCase
{
    public required int Sockets { get; init; }

    /// <summary>To each socket.</summary>
    public required int Events { get; init; }

    /// <summary>From sending the subscription to the last event at the last socket, milliseconds, each round.</summary>
    public required IReadOnlyList<double> WarmMilliseconds { get; init; }

    /// <summary>The first after a start of the server, with the system's file cache emptied; null where that may not be.</summary>
    public required double? ColdMilliseconds { get; init; }

    /// <summary>The most that the server's resident memory grew beyond what it was before, for each socket.</summary>
    public required double GrowthMegabytesPerSocket { get; init; }

    /// <summary>Processor time of the server for each event, warm.</summary>
    public required double ServerMicrosecondsPerEvent { get; init; }

    public required double OtherCores { get; init; }

    public required long OutOfOrder { get; init; }

    public Spread Warm => Spread.Of(WarmMilliseconds);
}
