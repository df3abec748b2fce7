namespace Parley.Conversations.Routing;

/// <summary>A conversation that is to be offered to an agent; a slot of his is reserved for it.</summary>
public readonly record struct Offer(string ConversationId, string AgentId);
