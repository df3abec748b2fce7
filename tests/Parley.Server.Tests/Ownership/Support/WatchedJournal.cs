using Parley.Conversations;
using Parley.Conversations.Events;
using Parley.Journal;

namespace Parley.Server.Tests.Ownership.Support;

/// <summary>A journal that tells what is asked of it.</summary>
internal sealed class WatchedJournal(IJournal journal) : IJournal
{
    private readonly Lock _gate = new();
    private int _appended;
    private long _read;
    private int _looked;
    private (int Count, TaskCompletionSource Source)? _awaited;

    public event Action? GroupCompleted
    {
        add => journal.GroupCompleted += value;
        remove => journal.GroupCompleted -= value;
    }

    public JournalHealth Health => journal.Health;

    public T Of<T>() where T : IJournal => (T)journal;

    /// <summary>Nothing can be read, as while it is not known what the last group became.</summary>
    public bool IsUnreadable { get; set; }

    /// <summary>A conversation whose row makes no sense.</summary>
    public string? Damaged { get; set; }

    public int Appended => Volatile.Read(ref _appended);

    /// <summary>Events handed out by <see cref="Read"/>.</summary>
    public long EventsRead => Volatile.Read(ref _read);

    /// <summary>Conversations that queries handed out or put before their condition.</summary>
    public int ConversationsLookedAt => Volatile.Read(ref _looked);

    /// <summary>Completes when so many entries in all were appended.</summary>
    public Task AppendedAsync(int count)
    {
        lock (_gate)
        {
            if (_appended >= count) return Task.CompletedTask;
            _awaited = (count, new(TaskCreationOptions.RunContinuationsAsynchronously));
            return _awaited.Value.Source.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public void Append(JournalEntry entry)
    {
        journal.Append(entry);
        lock (_gate)
        {
            _appended++;
            if (_awaited is { } awaited && _appended >= awaited.Count) awaited.Source.TrySetResult();
        }
    }

    public Conversation? Load(string conversationId) =>
        conversationId == Damaged ? throw new FormatException("Not a conversation") : Readable.Load(conversationId);

    public IReadOnlyList<MessagePublished> Read(string dialogId, long fromSequence, int maxEvents, int maxBytes)
    {
        var events = Readable.Read(dialogId, fromSequence, maxEvents, maxBytes);
        Interlocked.Add(ref _read, events.Count);
        return events;
    }

    public MessagePublished? FindByEventId(string dialogId, string originatorId, string eventId) => Readable.FindByEventId(dialogId, originatorId, eventId);

    public IReadOnlyList<Conversation> Query(ConversationQuery query) => Readable.Query(query with
    {
        Condition = conversation =>
        {
            Interlocked.Increment(ref _looked);
            return query.Condition?.Invoke(conversation) != false;
        },
    });

    public ValueTask DisposeAsync() => journal.DisposeAsync();

    private IJournal Readable => IsUnreadable ? throw new JournalUnavailableException("The test says so") : journal;
}
