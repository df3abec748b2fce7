namespace Parley.Server.Admin;

/// <param name="Password">Only when it was generated; it is not shown again.</param>
public sealed record PasswordSet(string? Password);
