using Parley.Server.Identity;

namespace Parley.Server.Configuration;

/// <summary>What everybody may know of an agent (protocol 22).</summary>
internal sealed record PublicProfile(string PictureUrl, string EmployeeId, string Nickname, string FullName)
{
    public static PublicProfile Of(AgentProfile agent) =>
        new(agent.Details.PictureUrl ?? "", agent.Details.EmployeeId ?? "", NotLogin(agent, agent.Nickname), NotLogin(agent, agent.FullName));

    // Names that nobody chose are the login name, which is nobody's business.
    private static string NotLogin(AgentProfile agent, string name) => name == agent.Login ? "" : name;
}
