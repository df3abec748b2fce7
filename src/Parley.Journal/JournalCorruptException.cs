namespace Parley.Journal;

/// <summary>A stored group cannot be what was written: the file is damaged, or a newer version wrote it. Nothing is skipped silently.</summary>
public sealed class JournalCorruptException(string file, long group, string? conversationId, Exception inner)
    : IOException($"{file}: group {group}{(conversationId is null ? "" : $", conversation {conversationId}")}: {inner.Message}", inner)
{
    /// <summary>The damaged file.</summary>
    public string File { get; } = file;

    /// <summary>The group that cannot be read.</summary>
    public long Group { get; } = group;

    /// <summary>The conversation whose entry was being read; null when the group as a whole is unreadable.</summary>
    public string? ConversationId { get; } = conversationId;
}
