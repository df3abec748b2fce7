namespace Parley.Conversations.Commands;

/// <summary>Offer the conversation to an agent (given by routing).</summary>
public sealed record OfferRing(string RingId, string AgentId, long ExpiresTs) : ConversationCommand;
