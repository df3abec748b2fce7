namespace Parley.Server.Admin;

/// <summary>Names an account, or the only one (or <c>demo</c>) when null.</summary>
public sealed record AccountScope(string? Account);
