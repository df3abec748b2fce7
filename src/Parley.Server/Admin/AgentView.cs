using Parley.Server.Identity;

namespace Parley.Server.Admin;

/// <summary>An agent as operators see him.</summary>
/// <param name="UserId"><c>account.number</c>.</param>
public sealed record AgentView(
    string Account, string Login, string Pid, string UserId, AgentRole Role, IReadOnlyList<string> Skills, int MaxSlots, bool Enabled)
{
    /// <summary>The priority of his skills where it is not 1, by what they are called in <see cref="Skills"/>.</summary>
    public IReadOnlyDictionary<string, int>? SkillPriorities { get; init; }

    public string? Nickname { get; init; }
    public string? FullName { get; init; }
    public string? Email { get; init; }
    public string? PictureUrl { get; init; }
    public string? EmployeeId { get; init; }
    public UserType UserType { get; init; }

    internal static AgentView Of(AgentProfile agent, AgentDirectory directory) => new(
        agent.AccountId, agent.Login, agent.Pid, agent.OldId, agent.Role,
        [.. agent.SkillIds.Select(id => directory.FindSkill(agent.AccountId, id)?.Name ?? id)], agent.MaxSlots, agent.Enabled)
    {
        SkillPriorities = agent.Details.SkillPriorities?.ToDictionary(entry => directory.FindSkill(agent.AccountId, entry.Key)?.Name ?? entry.Key, entry => entry.Value),
        Nickname = agent.Nickname,
        FullName = agent.FullName,
        Email = agent.Details.Email,
        PictureUrl = agent.Details.PictureUrl,
        EmployeeId = agent.Details.EmployeeId,
        UserType = agent.Details.UserType,
    };
}
