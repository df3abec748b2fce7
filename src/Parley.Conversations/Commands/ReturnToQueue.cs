namespace Parley.Conversations.Commands;

/// <summary>Take the conversation from an agent who went away (given by routing): it waits again, before others of its urgency.</summary>
/// <param name="AgentId">The agent's public id; refused when somebody else is in charge by now.</param>
public sealed record ReturnToQueue(string AgentId) : ConversationCommand;
