using Parley.Bench.Reporting;

namespace Parley.Bench.Workloads.Growth;

/// <summary>One store, once.</summary>
internal sealed record GrowthRound
{
    /// <summary>From the start of the process to the line that says it is ready.</summary>
    public required double StartSeconds { get; init; }

    /// <summary>After that, nobody being connected.</summary>
    public required double ResidentMegabytes { get; init; }

    /// <summary>A consumer's whole list, from sending the subscription to the list.</summary>
    public required LatencyFigures ConsumerList { get; init; }

    /// <summary>An agent's open conversations.</summary>
    public required LatencyFigures AgentList { get; init; }

    /// <summary>All messages of one old conversation.</summary>
    public required LatencyFigures OldConversation { get; init; }

    /// <summary>From publish to answer.</summary>
    public required LatencyFigures Publish { get; init; }

    public required double PublishesPerSecond { get; init; }
    public required double ServerMicrosecondsPerPublish { get; init; }

    /// <summary>Of a long dialog, from its first event on.</summary>
    public required double ReplayMilliseconds { get; init; }

    public required double OtherCores { get; init; }

    /// <summary>Out of order, refused or lost.</summary>
    public required long Faults { get; init; }
}
