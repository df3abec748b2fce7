namespace Parley.Conversations.Events;

/// <summary>A user left a dialog: his subscriptions to it end here.</summary>
public sealed record ParticipantLeft(string DialogId, string UserId) : ConversationEvent
{
    /// <summary>Whether he went away without handing the conversation on.</summary>
    public bool WentAway { get; init; }
}
