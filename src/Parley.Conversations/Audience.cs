namespace Parley.Conversations;

/// <summary>Who may see an event (protocol 10.1).</summary>
public enum Audience : byte { All, AgentsAndManagers }
