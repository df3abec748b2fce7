namespace Parley.Server.Admin;

/// <param name="Account">As <see cref="AccountScope"/>.</param>
/// <param name="Login">An existing agent's.</param>
public sealed record AgentName(string? Account, string Login);
