namespace Parley.Conversations.Commands;

/// <summary>Offer the conversation to an agent (given by routing).</summary>
/// <param name="RingId">New in this conversation.</param>
/// <param name="AgentId">The agent's public id.</param>
/// <param name="Milliseconds">How long the ring waits for him, from the moment it is offered.</param>
public sealed record OfferRing(string RingId, string AgentId, long Milliseconds) : ConversationCommand;
