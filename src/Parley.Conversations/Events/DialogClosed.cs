namespace Parley.Conversations.Events;

/// <summary>A dialog ended; nothing more is published to it.</summary>
public sealed record DialogClosed(string DialogId, CloseReason ClosedBy, string? Cause) : ConversationEvent;
