namespace Parley.Conversations.Events;

/// <summary>Remembers the client-chosen id of the field change whose events precede this one.</summary>
public sealed record ChangeApplied(string EventId, string UserId, ulong BodyHash) : ConversationEvent;
