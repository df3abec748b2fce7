using Parley.Conversations;
using Parley.Conversations.Events;
using Parley.Journal.Tails;

namespace Parley.Journal.Sqlite;

/// <summary>
/// The embedded journal. <c>journal.db</c> takes one packed row per commit group and is all that an acknowledgement waits for;
/// <c>messages.db</c> holds the same events in reading order, moved there in large transactions. What is committed but not moved
/// is in memory, and rebuilt from <c>journal.db</c> at the next start.
/// </summary>
public sealed class SqliteJournal : IJournal
{
    private readonly Tail _tail = new();
    private readonly JournalFile _journal;
    private readonly MessageFile _messages;
    private readonly ReaderPool _readers;
    private readonly Settler _settler;
    private readonly SqliteCommitter _committer;
    private bool _disposed;

    /// <summary>Opens the folder's files, making them if there are none, and recovers what was not settled.</summary>
    /// <exception cref="JournalCorruptException">A stored group is damaged.</exception>
    /// <exception cref="NewerSchemaException">A newer program wrote the folder.</exception>
    /// <exception cref="IOException">A file cannot be opened, read or written.</exception>
    public SqliteJournal(SqliteJournalOptions options)
    {
        Directory.CreateDirectory(options.Folder);
        var messagesPath = Path.Combine(options.Folder, "messages.db");
        _journal = new JournalFile(Path.Combine(options.Folder, "journal.db"), options.Vfs);
        _messages = new MessageFile(messagesPath, options.Vfs);
        _readers = new ReaderPool(messagesPath, options.Vfs);
        try
        {
            _messages.Open();
            _journal.Open();
            _journal.CheckpointTruncate(); // what is read back is acted upon: it must not vanish with the power
            var lastGroup = Recover();
            _settler = new Settler(_tail, _messages.Settle, options.SettleInterval, options.RetryInterval, options.Time);
            _committer = new SqliteCommitter(options, _journal, _messages, _tail, _settler, lastGroup);
        }
        catch
        {
            _readers.Dispose();
            _journal.Dispose();
            _messages.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public event Action? GroupCompleted
    {
        add => _committer.GroupCompleted += value;
        remove => _committer.GroupCompleted -= value;
    }

    /// <inheritdoc/>
    public JournalHealth Health
    {
        get
        {
            var reason = _committer.Failure ?? _settler.Failure;
            return new JournalHealth(reason is null, reason, _tail.Bytes);
        }
    }

    /// <inheritdoc/>
    public void Append(JournalEntry entry) => _committer.Append(entry);

    /// <inheritdoc/>
    public Conversation? Load(string conversationId)
    {
        ThrowIfUnavailable();
        return _tail.Load(conversationId) ?? _readers.Use(r => r.Load(conversationId));
    }

    /// <inheritdoc/>
    public IReadOnlyList<MessagePublished> Read(string dialogId, long fromSequence, int maxEvents, int maxBytes)
    {
        ThrowIfUnavailable();
        return _tail.Read(dialogId, fromSequence, maxEvents, maxBytes, (from, before, into, isEnough) => _readers.Use(r =>
        {
            r.Read(dialogId, from, before, maxEvents, into, isEnough);
            return 0;
        }));
    }

    /// <inheritdoc/>
    public MessagePublished? FindByEventId(string dialogId, string originatorId, string eventId)
    {
        ThrowIfUnavailable();
        return _tail.Find(dialogId, originatorId, eventId) ?? _readers.Use(r => r.Find(dialogId, originatorId, eventId));
    }

    /// <inheritdoc/>
    public IReadOnlyList<Conversation> Query(ConversationQuery query)
    {
        ThrowIfUnavailable();
        var unsettled = _tail.Conversations(query.AccountId, query.ConsumerId);
        var found = unsettled.Where(conversation => query.Matches(conversation.Value)).ToDictionary();
        _readers.Use(r =>
        {
            r.Query(query, unsettled, found);
            return 0;
        });
        return query.Newest(found.Values);
    }

    /// <summary>Moves what is committed now into its final tables; faults if this attempt fails, while the journal goes on trying.</summary>
    public Task SettleAsync() => _settler.SettleAsync();

    /// <summary>Commits what was appended, settles it and closes the files. What cannot be settled now is recovered at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await Task.Run(Close);
    }

    private void Close()
    {
        _committer.Dispose();
        _settler.Stop();
        _readers.Dispose();
        try
        {
            if (_settler.Failure is null && _committer.Failure is null)
            {
                _messages.Finish();
                _journal.Finish(_messages.SettledThrough);
            }
        }
        catch (SqliteFailureException)
        {
            // The files are as after a crash, which the next start handles.
        }

        _messages.Dispose();
        _journal.Dispose();
    }

    private long Recover()
    {
        var recovery = new TailRecovery(_tail, id => _readers.Use(r => r.Load(id)));
        return _journal.Read(_messages.SettledThrough, (group, id, events) => recovery.Add(_journal, group, id, events));
    }

    private void ThrowIfUnavailable()
    {
        if (_committer.IsUndecided)
            throw new JournalUnavailableException($"It is not known yet whether the last group is stored: {_committer.Failure}");
    }
}
