namespace Parley.Cluster.Tests.Faults.Histories;

/// <summary>One attempt to publish, as the client saw it. Times are timestamps of one monotonic clock.</summary>
/// <param name="Dialog">Where to.</param>
/// <param name="EventId">Chosen by the client, for all attempts with the same text.</param>
/// <param name="Text">The message.</param>
/// <param name="SentAt">Before it was sent.</param>
/// <param name="ToldAt">After the outcome was known, or given up.</param>
/// <param name="Outcome">What the client was told.</param>
internal sealed record Publish(string Dialog, string EventId, string Text, long SentAt, long ToldAt, Outcome Outcome)
{
    /// <summary>The number that it was acknowledged with.</summary>
    public long Sequence { get; init; }

    /// <summary>The code that it was refused with.</summary>
    public int Code { get; init; }

    /// <summary>Which node was asked.</summary>
    public int Node { get; init; }
}
