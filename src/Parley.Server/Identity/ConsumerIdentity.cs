namespace Parley.Server.Identity;

/// <summary>A consumer as his token names him.</summary>
/// <param name="AccountId">The account the token is for.</param>
/// <param name="ConsumerId">The claim <c>sub</c>, the consumer's public id.</param>
/// <param name="TokenId">The claim <c>jti</c>, to match <see cref="Revocation.Id"/>.</param>
/// <param name="ExpiresAt">When the token stops working, also for open sockets.</param>
/// <param name="IsAnonymous">Whether nobody vouches for who he is; decides between close codes 4407 and 4401.</param>
public sealed record ConsumerIdentity(string AccountId, string ConsumerId, string TokenId, DateTimeOffset ExpiresAt, bool IsAnonymous)
{
    /// <summary>When the token was made; one made before its consumer was revoked is void.</summary>
    public DateTimeOffset IssuedAt { get; init; }

    /// <summary>The anonymous consumer that this one was before he signed in, proved by that one's own token; null for others (protocol 4.6).</summary>
    public string? SteppedUpFrom { get; init; }
}
