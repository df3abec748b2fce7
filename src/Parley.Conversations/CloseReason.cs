namespace Parley.Conversations;

/// <summary>Who ended a conversation (protocol 8.5.2).</summary>
public enum CloseReason : byte { Consumer, Agent, System, Timeout }
