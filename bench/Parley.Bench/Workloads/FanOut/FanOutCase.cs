using Parley.Bench.Reporting;

namespace Parley.Bench.Workloads.FanOut;

/// <summary>One number of subscribers.</summary>
internal sealed record FanOutCase
{
    public required int Subscribers { get; init; }

    /// <summary>Notifications at all sockets together, each round.</summary>
    public required IReadOnlyList<double> DeliveriesPerSecond { get; init; }

    public required IReadOnlyList<double> PublishesPerSecond { get; init; }

    /// <summary>Processor time of the server, each round.</summary>
    public required IReadOnlyList<double> ServerMicrosecondsPerDelivery { get; init; }

    public required double GeneratorCores { get; init; }
    public required double OtherCores { get; init; }

    /// <summary>Over all rounds, warm-up included, as <see cref="Lost"/>.</summary>
    public required long OutOfOrder { get; init; }

    /// <summary>Notifications that did not come.</summary>
    public required long Lost { get; init; }

    public Spread Deliveries => Spread.Of(DeliveriesPerSecond);
}
