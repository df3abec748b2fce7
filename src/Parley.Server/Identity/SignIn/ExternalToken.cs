namespace Parley.Server.Identity.SignIn;

/// <summary>A token of an identity provider that was found valid.</summary>
internal sealed record ExternalToken(ExternalIdentity Who, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt);
