using Parley.Server.Admin.Api.Live;

namespace Parley.Server.Admin.Api.Explaining;

/// <summary>An agent who could have the conversation, and why he has it not.</summary>
/// <param name="Verdict">For people to read.</param>
public sealed record ExplainedAgent(AgentRef Agent, string Verdict);
