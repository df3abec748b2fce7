namespace Parley.Cluster.Tests.Faults.Histories;

/// <summary>Which promise was broken.</summary>
internal enum ViolationKind
{
    /// <summary>What was acknowledged is not stored under its number.</summary>
    Lost,

    /// <summary>What is stored or was delivered is not what was sent.</summary>
    Changed,

    /// <summary>A dialog has no event of a number below its last.</summary>
    Hole,

    /// <summary>A dialog has two events of a number, or an event under two numbers; or two were acknowledged with one.</summary>
    Twin,

    /// <summary>Two attempts with one event id were acknowledged with different numbers.</summary>
    AnsweredTwice,

    /// <summary>Every attempt was refused, and it is stored all the same.</summary>
    StoredThoughRefused,

    /// <summary>It was sent when the other one had been acknowledged, and comes before it.</summary>
    OutOfOrder,

    /// <summary>A subscriber was sent a number later than the next one.</summary>
    DeliveryHole,

    /// <summary>A subscriber was sent a number once more.</summary>
    DeliveryTwin,

    /// <summary>A subscriber was not sent everything in the end.</summary>
    Undelivered,

    /// <summary>Who asked was not shown what had been acknowledged.</summary>
    Stale,
}
