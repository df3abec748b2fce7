namespace Parley.Conversations.Routing;

/// <summary>What routing knows of an agent.</summary>
/// <param name="Name">How he is called where people read it.</param>
/// <param name="Readiness">What he takes at the moment.</param>
/// <param name="MaxSlots">How many conversations he takes at once.</param>
/// <param name="Skills">His skills with their priority: the lower number goes first. Without any he takes conversations of every skill.</param>
public sealed record AgentRules(string Name, Readiness Readiness, int MaxSlots, IReadOnlyDictionary<string, int> Skills);
