namespace Parley.Server.Admin;

public sealed record AgentList(IReadOnlyList<AgentView> Agents);
