namespace Parley.Conversations.Routing;

/// <summary>
/// A conversation's place in the queue: overdue ones first, longest overdue foremost, then by the urgency of their response
/// promise; among equals one that lost its agent goes first, then the one that is due first, then the one that waits longest.
/// </summary>
/// <param name="Class">What goes before everything else.</param>
/// <param name="HasNotReturned">False for one whose agent went away.</param>
/// <param name="Due">When it is to be answered, epoch milliseconds.</param>
/// <param name="Since">Since when it waits, epoch milliseconds.</param>
/// <param name="Id">The conversation's id.</param>
public readonly record struct QueueKey(UrgencyClass Class, bool HasNotReturned, long Due, long Since, string Id) : IComparable<QueueKey>
{
    /// <summary>The place of a waiting conversation at <paramref name="now"/>.</summary>
    public static QueueKey Of(Conversation conversation, long now)
    {
        var since = conversation.WaitingSince ?? conversation.LastTimestamp;
        var due = conversation.EffectiveTtr is >= 0 and var owed ? owed : conversation.DueAfter(since);
        return new(ClassOf(conversation, due <= now), !conversation.HasReturned, due, since, conversation.Id);
    }

    public int CompareTo(QueueKey other)
    {
        var order = Class.CompareTo(other.Class);
        if (order == 0) order = HasNotReturned.CompareTo(other.HasNotReturned);
        if (order == 0) order = Due.CompareTo(other.Due);
        if (order == 0) order = Since.CompareTo(other.Since);
        return order != 0 ? order : string.CompareOrdinal(Id, other.Id);
    }

    private static UrgencyClass ClassOf(Conversation conversation, bool isOverdue) => conversation.Ttr.Type switch
    {
        _ when isOverdue => UrgencyClass.Overdue,
        TtrType.Urgent => UrgencyClass.Urgent,
        TtrType.Prioritized => UrgencyClass.Prioritized,
        _ => UrgencyClass.Normal,
    };
}
