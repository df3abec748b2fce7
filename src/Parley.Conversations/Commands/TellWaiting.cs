namespace Parley.Conversations.Commands;

/// <summary>Tell the consumer that he has to wait (given by routing): once while it lasts.</summary>
/// <param name="Message">What the account wants him to be told.</param>
/// <param name="Since">Since when it waits; refused when it has found an agent meanwhile.</param>
public sealed record TellWaiting(AutoMessage Message, long Since) : ConversationCommand;
