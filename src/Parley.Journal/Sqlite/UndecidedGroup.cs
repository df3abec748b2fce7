using Parley.Conversations;
using Parley.Conversations.Events;

namespace Parley.Journal.Sqlite;

/// <summary>A group of which nobody knows whether it is stored, kept for the day when the file can be read again.</summary>
internal sealed record UndecidedGroup(long Id, IReadOnlyList<(ConversationEvent[] Events, Conversation StateAfter)> Entries)
{
    public static UndecidedGroup Of(long id, List<JournalEntry> entries) =>
        new(id, [.. entries.Where(e => e.Events.Length > 0).Select(e => (e.Events, e.StateAfter!))]);
}
