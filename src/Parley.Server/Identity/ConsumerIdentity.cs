namespace Parley.Server.Identity;

/// <summary>A consumer as his token names him.</summary>
/// <param name="AccountId">The account the token is for.</param>
/// <param name="ConsumerId">The claim <c>sub</c>, the consumer's public id.</param>
/// <param name="TokenId">The claim <c>jti</c>, to match <see cref="Revocation.Id"/>.</param>
/// <param name="ExpiresAt">When the token stops working, also for open sockets.</param>
/// <param name="IsAnonymous">Whether nobody vouches for who he is; decides between close codes 4407 and 4401.</param>
public sealed record ConsumerIdentity(string AccountId, string ConsumerId, string TokenId, DateTimeOffset ExpiresAt, bool IsAnonymous);
