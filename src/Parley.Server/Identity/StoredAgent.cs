namespace Parley.Server.Identity;

/// <summary>An agent and what his password is checked against.</summary>
internal sealed record StoredAgent(AgentProfile Profile, string PasswordHash);
