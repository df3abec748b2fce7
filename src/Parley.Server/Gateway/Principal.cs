using Parley.Conversations;
using Parley.Server.Identity;

namespace Parley.Server.Gateway;

/// <summary>Who speaks on a socket; fixed at the upgrade or by InitConnection.</summary>
internal sealed record Principal
{
    private readonly AgentSession? _session;
    private readonly long _expiresTs;

    public Principal(ConsumerIdentity consumer)
    {
        _expiresTs = consumer.ExpiresAt.ToUnixTimeMilliseconds();
        IsAnonymous = consumer.IsAnonymous;
        Actor = new Actor(consumer.ConsumerId, ActorKind.Consumer);
        AccountId = consumer.AccountId;
        IdentityId = consumer.TokenId;
    }

    public Principal(AgentSession session)
    {
        _session = session;
        Actor = new Actor(session.Agent.Pid, ActorKind.Agent);
        AccountId = session.AccountId;
        IdentityId = session.Id;
    }

    public Actor Actor { get; }
    public string AccountId { get; }

    /// <summary>The session's id or the token's <c>jti</c>: what a revocation names.</summary>
    public string IdentityId { get; }

    public string UserId => Actor.UserId;
    public bool IsAgent => _session is not null;
    public bool IsAnonymous { get; }

    /// <summary>The agent as he is now; null for consumers.</summary>
    public AgentProfile? Agent => _session?.Agent;

    /// <summary>Whether he may see conversations he takes no part in.</summary>
    public bool SeesEverything => Agent?.Role is AgentRole.Manager or AgentRole.Admin;

    /// <summary>When the identity ends, also for open sockets.</summary>
    public DateTimeOffset ExpiresAt => _session?.ExpiresAt ?? DateTimeOffset.FromUnixTimeMilliseconds(_expiresTs);

    /// <summary>Whether the revocation ends this identity.</summary>
    public bool IsHitBy(Revocation revocation) => revocation.AccountId == AccountId && revocation.Kind switch
    {
        RevocationKind.SessionEnded or RevocationKind.TokenRevoked => revocation.Id == IdentityId,
        RevocationKind.ConsumerRevoked => !IsAgent && revocation.Id == UserId,
        RevocationKind.AgentDisabled => IsAgent && revocation.Id == UserId,
        RevocationKind.AccountDisabled => true,
        _ => false,
    };
}
