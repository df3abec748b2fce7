namespace Parley.Server.Identity;

/// <summary>An identity that ended before its time.</summary>
/// <param name="Kind">What <paramref name="Id"/> names.</param>
/// <param name="AccountId">The account.</param>
/// <param name="Id">The session's id, the agent's pid, the token's jti, the consumer's id, or the account's id.</param>
public sealed record Revocation(RevocationKind Kind, string AccountId, string Id);
