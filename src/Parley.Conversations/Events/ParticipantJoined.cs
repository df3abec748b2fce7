namespace Parley.Conversations.Events;

/// <summary>A user joined a dialog, or changed his role in it.</summary>
public sealed record ParticipantJoined(string DialogId, string UserId, Role Role, ParticipantState State) : ConversationEvent;
