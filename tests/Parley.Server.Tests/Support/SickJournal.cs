using Parley.Conversations;
using Parley.Conversations.Events;
using Parley.Journal;
using Parley.Journal.Memory;

namespace Parley.Server.Tests.Support;

/// <summary>A journal whose health can be chosen.</summary>
internal sealed class SickJournal : IJournal
{
    private readonly MemoryJournal _journal = new();

    public event Action? GroupCompleted
    {
        add => _journal.GroupCompleted += value;
        remove => _journal.GroupCompleted -= value;
    }

    public JournalHealth Health { get; set; } = new(true, null, 0);

    public void Append(JournalEntry entry) => _journal.Append(entry);

    public Conversation? Load(string conversationId) => _journal.Load(conversationId);

    public IReadOnlyList<MessagePublished> Read(string dialogId, long fromSequence, int maxEvents, int maxBytes) =>
        _journal.Read(dialogId, fromSequence, maxEvents, maxBytes);

    public MessagePublished? FindByEventId(string dialogId, string originatorId, string eventId) => _journal.FindByEventId(dialogId, originatorId, eventId);

    public IReadOnlyList<Conversation> Query(ConversationQuery query) => _journal.Query(query);

    public ValueTask DisposeAsync() => _journal.DisposeAsync();
}
