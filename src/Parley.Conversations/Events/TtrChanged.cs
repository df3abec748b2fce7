namespace Parley.Conversations.Events;

/// <summary>The response promise changed.</summary>
public sealed record TtrChanged(Ttr Ttr) : ConversationEvent;
