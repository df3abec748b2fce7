namespace Parley.Conversations.Events;

/// <summary>The consumer rated the conversation (protocol 9.7).</summary>
public sealed record ConversationRated(Csat Csat) : ConversationEvent;
