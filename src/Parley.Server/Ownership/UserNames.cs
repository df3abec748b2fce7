using Parley.Conversations;
using Parley.Protocol.Records;
using Parley.Server.Identity;

namespace Parley.Server.Ownership;

/// <summary>Gives users the names both dialects use; agents have two.</summary>
internal sealed class UserNames(AgentDirectory agents)
{
    public UserName Of(string accountId, string userId, Role role) =>
        role == Role.Controller ? new(userId, $"{accountId}.0") // numbers of agents begin at 1
        : role == Role.Consumer || agents.Find(accountId, userId) is not { } agent ? new(userId, userId) : new(agent.Pid, agent.OldId);
}
