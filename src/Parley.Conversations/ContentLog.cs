namespace Parley.Conversations;

/// <summary>
/// The newest content events of a dialog: enough to count what a participant has not read. It keeps at least the newest
/// <see cref="Kept"/> entries of all publishers together: an unread count is exact
/// while no more than that lie above the reader's watermark, and never exceeds it.
/// </summary>
/// <remarks>
/// Immutable. Logs that follow one another share a block: the next entry is written behind the last one by whoever appends
/// first, where no earlier log looks. Whoever appends to the same log a second time gets a block of his own.
/// </remarks>
public sealed class ContentLog
{
    /// <summary>How many entries are always kept; unread counts saturate here.</summary>
    public const int Kept = 200;

    private const int Most = 2 * Kept;

    private readonly Block _block;

    private ContentLog(Block block, int count) => (_block, Count) = (block, count);

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Oldest first.</summary>
    public ReadOnlySpan<ContentEntry> AsSpan() => _block.Entries.AsSpan(0, Count);

    /// <summary>The log with one more entry; beyond twice <see cref="Kept"/> the older half is let go.</summary>
    public static ContentLog Append(ContentLog? log, long sequence, string originatorId, Audience audience)
    {
        var entries = log is null ? default : log.AsSpan();
        var kept = entries.Length < Most ? entries : entries[^Kept..];
        var block = log?._block;
        if (block is null || kept.Length < entries.Length || !block.TryTake(kept.Length)) block = new Block(kept);
        block.Entries[kept.Length] = new ContentEntry(sequence, originatorId, audience);
        return new ContentLog(block, kept.Length + 1);
    }

    /// <summary>How many entries above <paramref name="readThrough"/> somebody else published and this reader may see.</summary>
    public static int Unread(ContentLog? log, string readerId, bool isConsumer, long readThrough)
    {
        var unread = 0;
        var entries = log is null ? default : log.AsSpan();
        for (var i = entries.Length - 1; i >= 0 && entries[i].Sequence > readThrough && unread < Kept; i--)
        {
            if (entries[i].OriginatorId != readerId && (!isConsumer || entries[i].Audience == Audience.All)) unread++;
        }

        return unread;
    }

    private sealed class Block
    {
        private int _taken;

        /// <summary>A block that begins with these entries and has room for more, of which the next is taken.</summary>
        public Block(ReadOnlySpan<ContentEntry> entries)
        {
            Entries = new ContentEntry[Math.Min(Most, Math.Max(4, entries.Length * 2))];
            entries.CopyTo(Entries);
            _taken = entries.Length + 1;
        }

        public ContentEntry[] Entries { get; }

        /// <summary>Whether the caller alone may write this entry: it is the next one, and nobody else did.</summary>
        public bool TryTake(int index) => index < Entries.Length && Interlocked.CompareExchange(ref _taken, index + 1, index) == index;
    }
}
