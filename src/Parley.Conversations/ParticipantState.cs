namespace Parley.Conversations;

/// <summary>Whether a participant takes part or is only proposed (shown on v2.1 sockets, protocol 8.5.3).</summary>
public enum ParticipantState : byte { Active, Suggested }
