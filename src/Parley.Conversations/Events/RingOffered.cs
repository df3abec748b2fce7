namespace Parley.Conversations.Events;

/// <summary>The conversation was offered to an agent until <paramref name="ExpiresTs"/> (epoch milliseconds).</summary>
public sealed record RingOffered(string RingId, string AgentId, long ExpiresTs) : ConversationEvent;
