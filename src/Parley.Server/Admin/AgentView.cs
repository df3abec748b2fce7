using Parley.Server.Identity;

namespace Parley.Server.Admin;

/// <summary>An agent as operators see him.</summary>
/// <param name="UserId"><c>account.number</c>.</param>
public sealed record AgentView(
    string Account, string Login, string Pid, string UserId, AgentRole Role, IReadOnlyList<string> Skills, int MaxSlots, bool Enabled)
{
    internal static AgentView Of(AgentProfile agent, AgentDirectory directory) => new(
        agent.AccountId, agent.Login, agent.Pid, agent.OldId, agent.Role,
        [.. agent.SkillIds.Select(id => directory.FindSkill(agent.AccountId, id)?.Name ?? id)], agent.MaxSlots, agent.Enabled);
}
