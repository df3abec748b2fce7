namespace Parley.Server.Identity;

/// <summary>A fresh consumer token.</summary>
public sealed record IssuedToken(string Jwt, ConsumerIdentity Consumer);
