namespace Parley.Conversations.Routing;

/// <summary>A conversation that is to be offered to an agent; a slot of his is reserved for it.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="AgentId">The agent's public id.</param>
/// <param name="Milliseconds">How long his ring waits.</param>
/// <param name="AutoAccept">Whether he has it without being asked.</param>
/// <param name="Why">Why it is offered to him, for people to read.</param>
/// <param name="Need">What it was decided on.</param>
public readonly record struct Offer(string ConversationId, string AgentId, long Milliseconds, bool AutoAccept, string Why, RoutingNeed Need);
