using Npgsql;
using Parley.Conversations;
using Parley.Conversations.Events;
using Parley.Journal.Postgres.Committing;
using Parley.Journal.Postgres.Migrating;
using Parley.Journal.Postgres.Reading;
using Parley.Journal.Postgres.Settling;
using Parley.Journal.Postgres.Sharding;
using Parley.Journal.Tails;

namespace Parley.Journal.Postgres;

/// <summary>
/// The journal of a node that shares a PostgreSQL database with others. It stores events of conversations whose shard it owns;
/// entries of others are told <see cref="JournalEntry.Moved"/>. It reads everything, whoever wrote it.
/// </summary>
public sealed class PostgresJournal : IJournal
{
    private readonly NpgsqlDataSource _database;
    private readonly Tail _tail = new();
    private readonly StoredMessages _stored;
    private readonly UnsettledRows _unsettled;
    private readonly ShardOwnership _ownership;
    private readonly Settler _settler;
    private readonly PostgresCommitter _committer;
    private bool _disposed;

    /// <summary>Brings the tables up to date, and takes all shards over if the options say so.</summary>
    /// <exception cref="JournalCorruptException">A stored block is damaged.</exception>
    /// <exception cref="NewerSchemaException">A newer program wrote the database.</exception>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public PostgresJournal(PostgresJournalOptions options)
    {
        var database = _database = options.Database;
        Migrations.Apply(database, JournalSchema.Part, JournalSchema.Steps);
        _stored = new StoredMessages(database);
        _unsettled = new UnsettledRows(database, _stored);
        var takeover = new ShardTakeover(database, options.Owner ?? $"{options.Node}/{Guid.NewGuid():N}", options.TakeoverPatience);
        _ownership = new ShardOwnership(takeover, _unsettled, _tail, options.HoldsLease);
        if (options.OwnsEverything) TakeOver(Enumerable.Range(0, Shards.Count));
        _settler = new Settler(_tail, new SettledTables(database, takeover.Owner, _ownership).Settle, options.SettleInterval, options.RetryInterval, options.Time);
        _committer = new PostgresCommitter(options, takeover, _ownership, _tail, _settler);
    }

    /// <inheritdoc/>
    public event Action? GroupCompleted
    {
        add => _committer.GroupCompleted += value;
        remove => _committer.GroupCompleted -= value;
    }

    /// <summary>
    /// Raised before this node stores anything for shards that it has just taken over, when it gives shards back, and when it
    /// turns out, on whatever thread, that another node has taken them. When the handler returns, no object that was made before
    /// may decide for a conversation of these shards: what it knows may be old.
    /// </summary>
    public event Action<ShardChange>? ShardsChanged
    {
        add => _ownership.Changed += value;
        remove => _ownership.Changed -= value;
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

    /// <summary>The shards that this node owns, as far as it knows.</summary>
    public IReadOnlyList<int> OwnedShards => _ownership.Numbers;

    /// <summary>How far a shard is committed; null when this node does not own it. While an entry is told its outcome, it is the position of its group.</summary>
    public ShardPosition? PositionOf(int shard) => _ownership.Find(shard) is { } owned ? new ShardPosition(owned.Epoch, owned.Offset) : null;

    /// <summary>Takes shards over from whoever owns them, and reads what he committed. Waits for the database.</summary>
    /// <exception cref="JournalCorruptException">A stored block is damaged: its shard is not owned, the others are.</exception>
    /// <exception cref="JournalUnavailableException">The database does not answer: some of them may have been taken from their owners all the same.</exception>
    public void TakeOver(IEnumerable<int> shards) => _ownership.TakeOver(shards);

    /// <summary>Takes over those of these shards that nobody has taken since their epochs were read, and reads what their owners committed. Waits for the database.</summary>
    /// <param name="epochs">The epoch of each shard when it was found to have no owner.</param>
    /// <returns>The shards that were taken.</returns>
    /// <inheritdoc cref="TakeOver(IEnumerable{int})" path="/exception"/>
    public IReadOnlyList<int> TakeOver(IReadOnlyDictionary<int, long> epochs) => _ownership.TakeOver(epochs);

    /// <summary>Gives shards back, when nobody in this process decides for their conversations any more; the next owner finds everything in the database.</summary>
    public void Release(IEnumerable<int> shards) => _ownership.Release(shards);

    /// <inheritdoc/>
    public void Append(JournalEntry entry)
    {
        // An entry that was decided before a shard went and came back must not be taken for one decided afterwards.
        if (entry.Events.Length > 0) entry.Log = _ownership.Find(Shards.Of(entry.StateAfter!.Id));
        _committer.Append(entry);
    }

    /// <inheritdoc/>
    public Conversation? Load(string conversationId) => Look(conversationId, tail => tail.Load(conversationId) ?? _stored.Load(conversationId));

    /// <inheritdoc/>
    public IReadOnlyList<MessagePublished> Read(string dialogId, long fromSequence, int maxEvents, int maxBytes) => Look(
        DialogIds.ConversationOf(dialogId),
        tail => tail.Read(dialogId, fromSequence, maxEvents, maxBytes, (from, before, into, isEnough) => _stored.Read(dialogId, from, before, maxEvents, into, isEnough)));

    /// <inheritdoc/>
    public MessagePublished? FindByEventId(string dialogId, string originatorId, string eventId) =>
        Look(DialogIds.ConversationOf(dialogId), tail => tail.Find(dialogId, originatorId, eventId) ?? _stored.Find(dialogId, originatorId, eventId));

    /// <inheritdoc/>
    public IReadOnlyList<Conversation> Query(ConversationQuery query) => Consult(() =>
    {
        var own = _ownership.Numbers;
        var unsettled = own.Length == 0 ? [] : _tail.Conversations(query.AccountId, query.ConsumerId);
        if (own.Length < Shards.Count)
        {
            foreach (var (id, state) in _unsettled.TailOfAllBut(own).Conversations(query.AccountId, query.ConsumerId))
            {
                if (state.Version > (unsettled.GetValueOrDefault(id)?.Version ?? 0)) unsettled[id] = state;
            }
        }

        var found = unsettled.Where(conversation => query.Matches(conversation.Value)).ToDictionary();
        _stored.Query(query, unsettled.Keys, found);
        return query.Newest(found.Values);
    }, () => (_ownership.Version, _ownership.IsBelieved));

    /// <summary>Moves what is committed now into its final tables; faults if this attempt fails, while the journal goes on trying.</summary>
    public Task SettleAsync() => _settler.SettleAsync();

    /// <summary>Commits what was appended and settles it. What cannot be settled now, the next owner finds.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await Task.Run(() =>
        {
            _committer.Dispose();
            _settler.Stop();
        });
    }

    // The tail first, the tables afterwards: what is settled in between is then found there.
    private T Look<T>(string conversationId, Func<Tail, T> look)
    {
        var shard = Shards.Of(conversationId);
        return Consult(() => look(_ownership.Find(shard) is null ? _unsettled.TailOf(shard, id => id == conversationId) : _tail), () => _ownership.Find(shard));
    }

    // A shard that came or went meanwhile may have taken its tail from under the reader.
    private T Consult<T, TOwned>(Func<T> consult, Func<TOwned> owned)
    {
        while (true)
        {
            if (_committer.IsUndecided)
                throw new JournalUnavailableException($"It is not known yet whether the last group is stored: {_committer.Failure}");
            try
            {
                var before = owned();
                var result = consult();
                if (EqualityComparer<TOwned>.Default.Equals(before, owned())) return result;
            }
            catch (NpgsqlException e)
            {
                _database.Clear(); // after a restart of the server none of the connections is good
                throw new JournalUnavailableException($"The stored messages cannot be read now: {e.Message}", e);
            }
        }
    }
}
