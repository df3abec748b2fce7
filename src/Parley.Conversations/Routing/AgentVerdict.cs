namespace Parley.Conversations.Routing;

/// <summary>Whether an agent may have a conversation now, and why not.</summary>
/// <param name="AgentId">His public id.</param>
/// <param name="Name">How he is called.</param>
/// <param name="Verdict">For people to read.</param>
public sealed record AgentVerdict(string AgentId, string Name, string Verdict);
