namespace Parley.Protocol.Records;

/// <summary>An agent's availability (protocol 12.2).</summary>
public sealed record AgentStateRecord(UserName Agent, string Availability, string Description);
