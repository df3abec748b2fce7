using Parley.Server.Identity;

namespace Parley.Server.Admin.Api.Users;

/// <summary>A skill that a user has.</summary>
/// <param name="Priority">The lower number is given its conversations first.</param>
public sealed record SkillOfUser(string Id, string Name, int Priority)
{
    internal static IReadOnlyList<SkillOfUser> Of(AgentProfile agent, AgentDirectory directory) =>
    [
        .. agent.SkillIds.Select(id => new SkillOfUser(
            id, directory.FindSkill(agent.AccountId, id)?.Name ?? id,
            agent.Details.SkillPriorities?.TryGetValue(id, out var priority) == true ? priority : 1)),
    ];
}
