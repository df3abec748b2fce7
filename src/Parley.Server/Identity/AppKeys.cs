namespace Parley.Server.Identity;

/// <summary>The four OAuth1-style keys an agent's program logs in with instead of a password (protocol 5.1). Shown once, stored hashed.</summary>
public sealed record AppKeys(string AppKey, string Secret, string AccessToken, string AccessTokenSecret);
