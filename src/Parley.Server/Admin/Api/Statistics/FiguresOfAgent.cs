using Parley.Server.Admin.Api.Live;

namespace Parley.Server.Admin.Api.Statistics;

/// <summary>What an agent was rung for, took, answered first and closed.</summary>
public sealed record FiguresOfAgent(AgentRef Agent, Figures Figures);
