namespace Parley.Conversations.Events;

/// <summary>The message before this was the server's own, written on this occasion.</summary>
public sealed record AutoMessageSent(AutoMessageKind Kind) : ConversationEvent;
