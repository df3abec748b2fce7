using System.ComponentModel;

namespace Parley.Server.Admin.Api.Live;

/// <summary>The enabled agents, by login name.</summary>
public sealed record AgentsPage([property: Description("When it was so, epoch milliseconds.")] long At, IReadOnlyList<AgentAtWork> Agents);
