namespace Parley.Conversations.Events;

/// <summary>The consumer goes on under another id, in every dialog (protocol 4.6).</summary>
public sealed record ConsumerChanged(string FormerId, string ConsumerId) : ConversationEvent;
