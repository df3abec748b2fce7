namespace Parley.Conversations.Events;

/// <summary>A dialog's meta data changed.</summary>
public sealed record DialogUpdated(string DialogId, string MetaData) : ConversationEvent;
