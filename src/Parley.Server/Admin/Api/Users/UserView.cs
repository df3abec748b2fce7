using Parley.Server.Identity;

namespace Parley.Server.Admin.Api.Users;

/// <summary>A user of the account: an agent, a manager, an admin, a bot.</summary>
/// <param name="Id">His number.</param>
/// <param name="Pid">His public id.</param>
/// <param name="UserId"><c>account.number</c>.</param>
/// <param name="Skills">None means that he takes conversations of every skill.</param>
/// <param name="HasKeys">Whether a program can log in for him.</param>
public sealed record UserView(
    string Id, string Pid, string UserId, string Login, string Nickname, string FullName, AgentRole Role, int MaxSlots,
    IReadOnlyList<SkillOfUser> Skills, bool Enabled, bool HasKeys, UserType UserType)
{
    public string? Email { get; init; }
    public string? PictureUrl { get; init; }
    public string? BackgroundUrl { get; init; }
    public string? EmployeeId { get; init; }
    public string? MobileNumber { get; init; }
    public string? Description { get; init; }

    /// <summary>When he was added, epoch milliseconds.</summary>
    public long? AddedTs { get; init; }

    internal static UserView Of(AgentProfile agent, AgentDirectory directory, IReadOnlySet<string> withKeys) => new(
        agent.Number, agent.Pid, agent.OldId, agent.Login, agent.Nickname, agent.FullName, agent.Role, agent.MaxSlots,
        SkillOfUser.Of(agent, directory), agent.Enabled, withKeys.Contains(agent.Pid), agent.Details.UserType)
    {
        Email = agent.Details.Email,
        PictureUrl = agent.Details.PictureUrl,
        BackgroundUrl = agent.Details.BackgroundUrl,
        EmployeeId = agent.Details.EmployeeId,
        MobileNumber = agent.Details.MobileNumber,
        Description = agent.Details.Description,
        AddedTs = agent.Details.AddedTs,
    };
}
