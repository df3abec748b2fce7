namespace Parley.Server.Admin;

/// <param name="Account">As <see cref="AccountScope"/>.</param>
/// <param name="TokenId">The claim <c>jti</c>; null when the whole token is given.</param>
/// <param name="Jwt">The whole token; null when its id is given.</param>
public sealed record RevokeToken(string? Account, string? TokenId, string? Jwt);
