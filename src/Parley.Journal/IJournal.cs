using Parley.Conversations;
using Parley.Conversations.Events;

namespace Parley.Journal;

/// <summary>
/// What is kept: append, read, query. An implementation keeps the promises that <c>JournalConformance</c> tests:
/// an entry is reported committed only after it is durable, entries are reported in the order they were appended, and
/// every read sees exactly what has been reported committed.
/// </summary>
public interface IJournal : IAsyncDisposable
{
    /// <summary>
    /// Adds an entry to the group that is being collected. Called under the lock of the entry's conversation, so that
    /// log order is the order of decisions. Never blocks on the disk and never throws for a storage failure: the entry hears of it.
    /// </summary>
    void Append(JournalEntry entry);

    /// <summary>Raised on the committing thread after the entries of a group were told their outcome.</summary>
    event Action? GroupCompleted;

    /// <summary>Whether writes are known to work.</summary>
    JournalHealth Health { get; }

    /// <summary>The committed state of a conversation, or null when there is none.</summary>
    /// <exception cref="JournalUnavailableException">The store cannot be read now.</exception>
    Conversation? Load(string conversationId);

    /// <summary>The committed events of a dialog from <paramref name="fromSequence"/> on, ascending.</summary>
    /// <param name="dialogId">The dialog.</param>
    /// <param name="fromSequence">The first number wanted (inclusive).</param>
    /// <param name="maxEvents">At most so many events.</param>
    /// <param name="maxBytes">Stop after the event that reaches so many bytes of bodies; at least one event is returned if there is any.</param>
    /// <exception cref="JournalUnavailableException">The store cannot be read now.</exception>
    IReadOnlyList<MessagePublished> Read(string dialogId, long fromSequence, int maxEvents, int maxBytes);

    /// <summary>The committed event that an originator published to a dialog under a client-chosen id, or null.</summary>
    /// <exception cref="JournalUnavailableException">The store cannot be read now.</exception>
    MessagePublished? FindByEventId(string dialogId, string originatorId, string eventId);

    /// <summary>The committed conversations that match, most recently updated first.</summary>
    /// <exception cref="JournalUnavailableException">The store cannot be read now.</exception>
    IReadOnlyList<Conversation> Query(ConversationQuery query);
}
