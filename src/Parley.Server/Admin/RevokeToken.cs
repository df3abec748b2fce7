namespace Parley.Server.Admin;

/// <summary>One token, or all that a consumer has got until now: one of the three is given.</summary>
/// <param name="Account">As <see cref="AccountScope"/>.</param>
/// <param name="TokenId">The claim <c>jti</c>.</param>
/// <param name="Jwt">The whole token.</param>
/// <param name="Consumer">The consumer's id.</param>
public sealed record RevokeToken(string? Account, string? TokenId, string? Jwt, string? Consumer = null);
