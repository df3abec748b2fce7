namespace Parley.Client;

/// <summary>News of a conversation list.</summary>
/// <param name="IsGone">Whether the conversation left the list: closed, or no longer this agent's. Its last known record is given all the same.</param>
/// <param name="Conversation">The whole record as it is now.</param>
public sealed record ConversationChange(bool IsGone, Conversation Conversation);
