namespace Parley.Server.Identity;

/// <summary>The answer to a signup (protocol 4.2).</summary>
internal sealed record JwtBody(string Jwt);
