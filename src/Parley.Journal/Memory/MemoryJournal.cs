using Parley.Conversations;
using Parley.Conversations.Events;
using Parley.Journal.Tails;

namespace Parley.Journal.Memory;

/// <summary>
/// A journal without a disk, for tests: outcomes are reported on a thread of its own like those of any journal, but when and what can be chosen.
/// </summary>
public sealed class MemoryJournal : IJournal
{
    private readonly Tail _tail = new();
    private readonly MemoryCommitter _committer;

    public MemoryJournal() => _committer = new MemoryCommitter(_tail);

    /// <inheritdoc/>
    public event Action? GroupCompleted
    {
        add => _committer.GroupCompleted += value;
        remove => _committer.GroupCompleted -= value;
    }

    /// <inheritdoc/>
    public JournalHealth Health => new(true, null, _tail.Bytes);

    /// <summary>From now on groups with events wait for <see cref="Release"/>; what is appended meanwhile collects behind them.</summary>
    public void Hold() => _committer.Hold();

    /// <summary>Completes when, since <see cref="Hold"/>, a group waits: what is appended from then on is in a later one.</summary>
    public Task Held => _committer.Held;

    /// <summary>Lets the waiting groups and all later ones go on.</summary>
    public void Release() => _committer.Release();

    /// <summary>The next group with events is not stored and refused.</summary>
    public void RefuseNextGroup() => _committer.FailNext(new MemoryFailure(IsUndecided: false, IsStored: false));

    /// <summary>The next group with events is reported as undecided.</summary>
    /// <param name="isStored">Whether it turns out to be stored.</param>
    public void LeaveNextGroupUndecided(bool isStored) => _committer.FailNext(new MemoryFailure(IsUndecided: true, isStored));

    /// <inheritdoc/>
    public void Append(JournalEntry entry) => _committer.Append(entry);

    /// <inheritdoc/>
    public Conversation? Load(string conversationId) => _tail.Load(conversationId);

    /// <inheritdoc/>
    public IReadOnlyList<MessagePublished> Read(string dialogId, long fromSequence, int maxEvents, int maxBytes) =>
        _tail.Read(dialogId, fromSequence, maxEvents, maxBytes);

    /// <inheritdoc/>
    public MessagePublished? FindByEventId(string dialogId, string originatorId, string eventId) => _tail.Find(dialogId, originatorId, eventId);

    /// <inheritdoc/>
    public IReadOnlyList<Conversation> Query(ConversationQuery query) =>
        query.Newest(_tail.Conversations(query.AccountId, query.ConsumerId).Values.Where(query.Matches));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _committer.Release();
        return new ValueTask(Task.Run(_committer.Stop)); // not inline: the caller may be a continuation on the committing thread
    }
}
