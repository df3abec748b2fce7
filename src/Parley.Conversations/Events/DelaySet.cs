namespace Parley.Conversations.Events;

/// <summary>The contact centre closed for a while.</summary>
public sealed record DelaySet(Delay Delay) : ConversationEvent;
