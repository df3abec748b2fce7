namespace Parley.Conversations;

/// <summary>The side a command comes from.</summary>
public enum ActorKind : byte { Consumer, Agent, System }
