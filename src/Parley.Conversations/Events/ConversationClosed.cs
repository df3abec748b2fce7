namespace Parley.Conversations.Events;

/// <summary>The conversation ended with its last open dialog.</summary>
public sealed record ConversationClosed(CloseReason Reason) : ConversationEvent;
