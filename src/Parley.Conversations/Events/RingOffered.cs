namespace Parley.Conversations.Events;

/// <summary>The conversation was offered to an agent until <paramref name="ExpiresTs"/> (epoch milliseconds).</summary>
public sealed record RingOffered(string RingId, string AgentId, long ExpiresTs) : ConversationEvent
{
    /// <summary>Why him, for people to read; null when nobody said.</summary>
    public string? Why { get; init; }
}
