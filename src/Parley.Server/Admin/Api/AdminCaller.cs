using Parley.Server.Identity;

namespace Parley.Server.Admin.Api;

/// <summary>Who calls: an agent by his login, or the operator of this machine.</summary>
/// <param name="Session">The agent's; null for the operator.</param>
internal sealed record AdminCaller(AgentSession? Session)
{
    public bool IsOperator => Session is null;

    /// <summary>What he may do now.</summary>
    public AgentRole Role => Session?.Agent.Role ?? AgentRole.Admin;

    /// <summary>Whether what he was let in with is still good.</summary>
    public bool IsHitBy(Revocation revocation, string accountId) => revocation.AccountId == accountId && revocation.Kind switch
    {
        RevocationKind.AccountDisabled => true,
        RevocationKind.SessionEnded => revocation.Id == Session?.Id,
        RevocationKind.AgentDisabled => revocation.Id == Session?.Agent.Pid,
        _ => false,
    };
}
