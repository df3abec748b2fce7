namespace Parley.Conversations.Routing;

/// <summary>What is to be done now, and when to ask again.</summary>
/// <param name="Offers">Each has reserved its slot.</param>
/// <param name="RingEnds">Asked for again after <see cref="RoutingTable.RepeatAfter"/> if it is not seen to happen.</param>
/// <param name="WakeAt">When time alone changes something, epoch milliseconds; null if it never does.</param>
public sealed record RoutingTurn(IReadOnlyList<Offer> Offers, IReadOnlyList<RingEnd> RingEnds, long? WakeAt)
{
    /// <summary>Conversations whose consumers are to be told that they have to wait.</summary>
    public IReadOnlyList<string> Untold { get; init; } = [];

    /// <summary>What has changed of how long conversations of a skill wait.</summary>
    public IReadOnlyList<WaitAlert> Alerts { get; init; } = [];
}
