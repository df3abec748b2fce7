using Parley.Server.Identity;

namespace Parley.Server.Admin.Api.Live;

/// <summary>An agent by his public id, and how he is called.</summary>
public sealed record AgentRef(string Pid, string Nickname)
{
    internal static AgentRef Of(AgentDirectory directory, string accountId, string pid) => new(pid, directory.Find(accountId, pid)?.Nickname ?? pid);
}
