namespace Parley.Server.Identity;

/// <summary>What was taken back.</summary>
public enum RevocationKind : byte { SessionEnded, AgentDisabled, TokenRevoked, AccountDisabled, ConsumerRevoked }
