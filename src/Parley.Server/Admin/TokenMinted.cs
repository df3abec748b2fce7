namespace Parley.Server.Admin;

/// <param name="Jwt">Not shown again.</param>
/// <param name="TokenId">Names the token when it is to be revoked.</param>
/// <param name="Consumer">The consumer's id.</param>
/// <param name="ExpiresAt">When it stops working.</param>
public sealed record TokenMinted(string Jwt, string TokenId, string Consumer, DateTimeOffset ExpiresAt);
