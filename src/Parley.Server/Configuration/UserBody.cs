using Parley.Protocol.Dialects;
using Parley.Server.Identity;

namespace Parley.Server.Configuration;

/// <summary>An agent as tools of agents read him (protocol 22).</summary>
internal sealed record UserBody(
    string Id,
    string Pid,
    bool Deleted,
    string LoginName,
    string FullName,
    string Nickname,
    string Email,
    bool IsEnabled,
    bool IsApiUser,
    UserType UserTypeId,
    int MaxChats,
    int MaxAsyncChats,
    IReadOnlyList<string> SkillIds,
    IReadOnlyList<UserBody.Named> Skills,
    IReadOnlyList<UserBody.Profile> Profiles,
    IReadOnlyList<int> ProfileIds,
    UserBody.Membership MemberOf,
    IReadOnlyList<UserBody.Membership> ManagerOf,
    IReadOnlyList<string> PermissionGroups,
    string EmployeeId,
    string PictureUrl,
    string BackgndImgUri,
    string MobileNumber,
    string PnCertName,
    string Description)
{
    /// <param name="agent">Who is read.</param>
    /// <param name="reader">Who reads: mail and telephone of colleagues are for managers.</param>
    /// <param name="directory">Knows the skills.</param>
    /// <param name="withKeys">The agents that are programs.</param>
    public static UserBody Of(AgentProfile agent, AgentProfile reader, AgentDirectory directory, IReadOnlySet<string> withKeys)
    {
        var details = agent.Details;
        var seesAll = agent.Pid == reader.Pid || reader.Role != AgentRole.Agent;
        var group = new Membership(ConversationLists.MainGroup, details.AddedTs is { } added ? DateTimeOffset.FromUnixTimeMilliseconds(added).ToString("O") : "");
        var profile = new Profile(RoleType(agent.Role), agent.Role switch { AgentRole.Admin => "Administrator", AgentRole.Manager => "Agent Manager", _ => "Agent" }, RoleType(agent.Role));
        return new(
            agent.Number, agent.Pid, Deleted: false, agent.Login, agent.FullName, agent.Nickname, seesAll ? details.Email ?? "" : "", agent.Enabled,
            withKeys.Contains(agent.Pid), details.UserType, MaxChats: 0, agent.MaxSlots, agent.SkillIds,
            [.. agent.SkillIds.Select(id => new Named(id, directory.FindSkill(agent.AccountId, id)?.Name ?? id))],
            [profile], [profile.Id], group, agent.Role == AgentRole.Agent ? [] : [group], PermissionGroups: [],
            details.EmployeeId ?? "", details.PictureUrl ?? "", details.BackgroundUrl ?? "", seesAll ? details.MobileNumber ?? "" : "",
            PnCertName: "", details.Description ?? "");
    }

    private static int RoleType(AgentRole role) => role switch { AgentRole.Admin => 1, AgentRole.Manager => 3, _ => 2 };

    internal sealed record Named(string Id, string Name);

    internal sealed record Profile(int Id, string Name, int RoleTypeId);

    internal sealed record Membership(string AgentGroupId, string AssignmentDate);
}
