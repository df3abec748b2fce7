namespace Parley.Server.Identity;

/// <summary>A token that an operator made, as listings show it; the token itself is not kept.</summary>
public sealed record MintedToken(string AccountId, string TokenId, string ConsumerId, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, bool Revoked);
