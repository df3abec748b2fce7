namespace Parley.Conversations;

/// <summary>
/// The newest content events of a dialog, newest first, as a persistent list: enough to count what a participant has
/// not read. It keeps at least the newest <see cref="Kept"/> entries of all publishers together: an unread count is exact
/// while no more than that lie above the reader's watermark, and never exceeds it.
/// </summary>
public sealed class ContentLog
{
    /// <summary>How many entries are always kept; unread counts saturate here.</summary>
    public const int Kept = 200;

    private ContentLog(long sequence, string originatorId, Audience audience, ContentLog? older)
    {
        Sequence = sequence;
        OriginatorId = originatorId;
        Audience = audience;
        Older = older;
        Count = (older?.Count ?? 0) + 1;
    }

    /// <summary>The number of the content event.</summary>
    public long Sequence { get; }

    /// <summary>Who published it.</summary>
    public string OriginatorId { get; }

    /// <summary>Who may see it.</summary>
    public Audience Audience { get; }

    /// <summary>The entry before this one.</summary>
    public ContentLog? Older { get; }

    /// <summary>Entries from here on back.</summary>
    public int Count { get; }

    /// <summary>The log with one more entry; beyond twice <see cref="Kept"/> the older half is let go.</summary>
    public static ContentLog Append(ContentLog? log, long sequence, string originatorId, Audience audience) =>
        new(sequence, originatorId, audience, log is { Count: >= 2 * Kept } ? Rebuild(log.Newest(Kept)) : log);

    /// <summary>How many entries above <paramref name="readThrough"/> somebody else published and this reader may see.</summary>
    public static int Unread(ContentLog? log, string readerId, bool isConsumer, long readThrough)
    {
        var unread = 0;
        for (var entry = log; entry is not null && entry.Sequence > readThrough && unread < Kept; entry = entry.Older)
        {
            if (entry.OriginatorId != readerId && (!isConsumer || entry.Audience == Audience.All)) unread++;
        }

        return unread;
    }

    /// <summary>The newest <paramref name="count"/> entries, newest first.</summary>
    public IEnumerable<ContentLog> Newest(int count)
    {
        for (var entry = this; entry is not null && count-- > 0; entry = entry.Older) yield return entry;
    }

    /// <summary>A log from entries given newest first.</summary>
    public static ContentLog? Rebuild(IEnumerable<ContentLog> newestFirst) =>
        newestFirst.Reverse().Aggregate((ContentLog?)null, (log, e) => new ContentLog(e.Sequence, e.OriginatorId, e.Audience, log));
}
