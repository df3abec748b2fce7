namespace Parley.Conversations.Commands;

/// <summary>Something somebody wants done to a conversation.</summary>
public abstract record ConversationCommand;
