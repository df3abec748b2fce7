namespace Parley.Conversations.Routing;

/// <summary>What an agent has on his hands.</summary>
/// <param name="AgentId">His public id.</param>
/// <param name="Rules">What is known of him.</param>
/// <param name="UsedSlots">Slots taken by his conversations, rings and offers.</param>
/// <param name="Rings">His waiting rings.</param>
public sealed record AgentView(string AgentId, AgentRules Rules, decimal UsedSlots, int Rings)
{
    /// <summary>Whether new conversations of a skill, or of none, come to him while he has free slots.</summary>
    public bool TakesNew(string? skillId) =>
        Rules.Readiness == Readiness.All && (skillId is null || Rules.Skills.Count == 0 || Rules.Skills.ContainsKey(skillId));
}
