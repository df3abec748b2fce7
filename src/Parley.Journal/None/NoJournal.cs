using System.Collections.Concurrent;
using Parley.Conversations;
using Parley.Conversations.Events;

namespace Parley.Journal.None;

/// <summary>
/// Keeps nothing but the latest state of each conversation, in memory: only for measuring what the rest of the server can do.
/// Entries are reported committed inline, on the appending thread and under its conversation's lock.
/// </summary>
public sealed class NoJournal : IJournal
{
    private readonly ConcurrentDictionary<string, Conversation> _states = [];
    private int _raiseIsQueued;

    /// <summary>Raised on the thread pool, once for all entries that were reported since it was raised last.</summary>
    public event Action? GroupCompleted;

    /// <inheritdoc/>
    public JournalHealth Health => new(true, null, 0);

    /// <inheritdoc/>
    public void Append(JournalEntry entry)
    {
        if (entry.StateAfter is { } state && entry.Events.Length > 0) _states[state.Id] = state;
        entry.Committed();
        if (GroupCompleted is not null && Interlocked.Exchange(ref _raiseIsQueued, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static journal => journal.Raise(), this, preferLocal: false);
    }

    /// <inheritdoc/>
    public Conversation? Load(string conversationId) => _states.GetValueOrDefault(conversationId);

    /// <summary>Nothing: no event is kept.</summary>
    public IReadOnlyList<MessagePublished> Read(string dialogId, long fromSequence, int maxEvents, int maxBytes) => [];

    /// <summary>Nothing: no event is kept.</summary>
    public MessagePublished? FindByEventId(string dialogId, string originatorId, string eventId) => null;

    /// <inheritdoc/>
    public IReadOnlyList<Conversation> Query(ConversationQuery query) => query.Newest(_states.Values.Where(query.Matches));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Raise()
    {
        Interlocked.Exchange(ref _raiseIsQueued, 0); // a full fence: what is reported after this queues the next raise
        GroupCompleted?.Invoke();
    }
}
