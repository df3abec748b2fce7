namespace Parley.Conversations.Events;

/// <summary>Something that happened to a conversation. Events are facts: they are stored, never changed, never refused.</summary>
public abstract record ConversationEvent
{
    /// <summary>Which event of its conversation this is, from 1, without gaps.</summary>
    public long Version { get; init; }

    /// <summary>When it happened, epoch milliseconds; never equal to or before the one before.</summary>
    public long Timestamp { get; init; }
}
