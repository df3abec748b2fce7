using Parley.Conversations.Events;

namespace Parley.Conversations.Commands;

/// <summary>Begin a conversation (protocol 9.1). A repeat, recognised by the id and the opening's hash, does nothing.</summary>
/// <param name="Opening">The facts of the start; version and time are filled in by the decision.</param>
/// <param name="AssignTo">The agent who opens it for the consumer (protocol 9.2), or null.</param>
public sealed record OpenConversation(ConversationOpened Opening, string? AssignTo = null) : ConversationCommand;
