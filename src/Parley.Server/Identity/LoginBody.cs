using System.Text.Json.Serialization;
using Parley.Server.Discovery;

namespace Parley.Server.Identity;

/// <summary>The answer to a login (protocol 5.1).</summary>
internal sealed record LoginBody(
    string Csrf,
    string Wsuk,
    LoginBody.Configuration Config,
    ServiceList CsdsCollectionResponse,
    LoginBody.Account AccountData,
    [property: JsonPropertyName("sessionTTl")] string SessionTtl,
    string Bearer)
{
    /// <param name="LoginName">As given.</param>
    /// <param name="UserId">The agent's number; its absence is a hard error in the official SDK.</param>
    /// <param name="UserPid">The public id.</param>
    /// <param name="UserPrivileges">Numeric rights; none are checked by known clients.</param>
    /// <param name="ServerCurrentTime">Epoch milliseconds.</param>
    /// <param name="IsLPA">Whether the vendor's own staff: never.</param>
    /// <param name="IsAdmin">Whether the agent's role is admin.</param>
    /// <param name="Role"><c>agent</c>, <c>manager</c> or <c>admin</c>: what the administration allows him (not of the vendor's protocol).</param>
    /// <param name="AccountTimeZoneId">By whose clock the account lives, an IANA name.</param>
    public sealed record Configuration(
        string LoginName,
        string UserId,
        string UserPid,
        IReadOnlyList<int> UserPrivileges,
        long ServerCurrentTime,
        [property: JsonPropertyName("isLPA")] bool IsLPA,
        bool IsAdmin,
        string Role,
        string AccountTimeZoneId)
    {
        public int TimeDiff => 0;
        public string ServerTimeZoneName => "UTC";
        [JsonPropertyName("serverTimeGMTDiff")] public int ServerTimeGmtDiff => 0;
    }

    public sealed record Account(AgentGroups AgentGroupsData);

    public sealed record AgentGroups(IReadOnlyList<AgentGroup> Items, int Revision);

    public sealed record AgentGroup(int Id, bool Deleted, string Name);
}
