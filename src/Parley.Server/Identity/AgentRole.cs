namespace Parley.Server.Identity;

/// <summary>What an agent may do beyond his own conversations.</summary>
public enum AgentRole : byte { Agent, Manager, Admin }
