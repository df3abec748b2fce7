namespace Parley.Conversations.Routing;

/// <summary>Where a waiting conversation stands.</summary>
/// <param name="Conversation">Its last known state.</param>
/// <param name="Position">1 for the next one, among those that wait for the same skill.</param>
/// <param name="Key">What decides its place.</param>
/// <param name="EstimatedWait">How long it probably waits from now, milliseconds; null while nothing is known.</param>
/// <param name="RingsFor">Agents it rings or is being offered to, by public id.</param>
public sealed record QueuePlace(Conversation Conversation, int Position, QueueKey Key, long? EstimatedWait, IReadOnlyList<string> RingsFor)
{
    /// <summary>The agent it waits for alone, by public id; null for anybody.</summary>
    public string? HandedTo { get; init; }

    public bool IsOverdue => Key.Class == UrgencyClass.Overdue;
}
