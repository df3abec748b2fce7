using Parley.Server.Identity;

namespace Parley.Server.Admin;

/// <param name="Agent">The new agent.</param>
/// <param name="Password">Only when it was generated; it is not shown again.</param>
/// <param name="Keys">Only when asked for; not shown again.</param>
public sealed record AgentAdded(AgentView Agent, string? Password, AppKeys? Keys);
