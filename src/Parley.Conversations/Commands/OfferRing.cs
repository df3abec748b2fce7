using Parley.Conversations.Routing;

namespace Parley.Conversations.Commands;

/// <summary>Offer the conversation to an agent (given by routing).</summary>
/// <param name="RingId">New in this conversation.</param>
/// <param name="AgentId">The agent's public id.</param>
/// <param name="Milliseconds">How long the ring waits for him, from the moment it is offered.</param>
public sealed record OfferRing(string RingId, string AgentId, long Milliseconds) : ConversationCommand
{
    /// <summary>Whether the conversation is his without being asked (protocol 12.6).</summary>
    public bool AutoAccept { get; init; }

    /// <summary>The need it was decided on: refused when the conversation has another by now. Null for whatever it is.</summary>
    public RoutingNeed? Need { get; init; }

    /// <summary>Why him, for people to read; null when nobody said.</summary>
    public string? Why { get; init; }
}
