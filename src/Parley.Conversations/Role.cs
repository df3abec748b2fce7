namespace Parley.Conversations;

/// <summary>What a user is in a dialog (protocol 15.6).</summary>
public enum Role : byte { Consumer, AssignedAgent, Agent, Manager, Reader, Controller }
