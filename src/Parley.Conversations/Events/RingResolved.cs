namespace Parley.Conversations.Events;

/// <summary>A ring stopped waiting.</summary>
public sealed record RingResolved(string RingId, string AgentId, RingState State) : ConversationEvent;
