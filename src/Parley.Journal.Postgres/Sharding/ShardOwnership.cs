using Npgsql;
using Parley.Journal.Postgres.Reading;
using Parley.Journal.Tails;

namespace Parley.Journal.Postgres.Sharding;

/// <summary>Which shards this node owns, as far as it knows: the database has the last word, in every transaction that writes.</summary>
/// <param name="takeover">How shards are taken.</param>
/// <param name="unsettled">What their owners left.</param>
/// <param name="tail">Where that goes.</param>
/// <param name="holdsLease">See <see cref="PostgresJournalOptions.HoldsLease"/>.</param>
internal sealed class ShardOwnership(ShardTakeover takeover, UnsettledRows unsettled, Tail tail, Func<bool> holdsLease)
{
    private readonly OwnedShard?[] _shards = new OwnedShard?[Shards.Count];
    private readonly Lock _takingOver = new();
    private int _version;

    /// <summary>See <see cref="PostgresJournal.ShardsChanged"/>.</summary>
    public event Action<ShardChange>? Changed;

    /// <summary>Held while anything is committed, and while the ownership of a shard or its tail changes.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Changes whenever what is owned changes.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Whether what is owned may be believed in now.</summary>
    public bool IsBelieved => holdsLease();

    public int[] Numbers => [.. Enumerable.Range(0, Shards.Count).Where(s => Find(s) is not null)];

    public OwnedShard? Find(int shard) => Held(shard) is { } owned && IsBelieved ? owned : null;

    /// <summary>Owns these shards when it returns. Those that it really owns already stay as they are.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer: it is not known which of them were taken from their owners.</exception>
    public void TakeOver(IEnumerable<int> shards)
    {
        lock (_takingOver)
        {
            try
            {
                int[] named = [.. shards.Distinct().Order()];
                var own = named.Select(Held).OfType<OwnedShard>().ToList();
                if (own.Count > 0 && takeover.Lost([.. own.Select(s => s.Number)]) is var lost) Lose(own.Where(s => lost.Contains(s.Number)));
                int[] wanted = [.. named.Where(s => Held(s) is null)];
                if (wanted.Length > 0) Own(takeover.Raise(wanted));
            }
            catch (NpgsqlException e)
            {
                throw Unavailable(e);
            }
        }
    }

    /// <summary>Takes those whose epoch still is what was read.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer: it is not known which of them were taken.</exception>
    public IReadOnlyList<int> TakeOver(IReadOnlyDictionary<int, long> epochs)
    {
        lock (_takingOver)
        {
            try
            {
                var wanted = epochs.Where(e => Held(e.Key) is null).OrderBy(e => e.Key).ToList();
                if (wanted.Count == 0) return [];
                var raised = takeover.Raise([.. wanted.Select(e => e.Key)], [.. wanted.Select(e => e.Value)]);
                Own(raised);
                return raised.ConvertAll(r => r.Shard);
            }
            catch (NpgsqlException e)
            {
                throw Unavailable(e);
            }
        }
    }

    /// <summary>Gives shards back: what is appended for them from now on is not taken any more.</summary>
    public void Release(IEnumerable<int> shards)
    {
        lock (Gate) Drop(shards.Select(Held).OfType<OwnedShard>());
    }

    /// <summary>Another node owns these shards now.</summary>
    public void Lose(IEnumerable<OwnedShard> shards)
    {
        lock (Gate) Drop(shards.Where(s => !s.IsOver));
    }

    // Also while they may not be believed in.
    private OwnedShard? Held(int shard) => Volatile.Read(ref _shards[shard]);

    private static JournalUnavailableException Unavailable(NpgsqlException e) => new($"Shards cannot be taken over now: {e.Message}", e);

    // A damaged block keeps its own shard from being served, and no other.
    private void Own(List<RaisedShard> raised)
    {
        try
        {
            OwnAll(raised);
        }
        catch (JournalCorruptException) when (raised.Count > 1)
        {
            JournalCorruptException? damage = null;
            foreach (var shard in raised)
            {
                try
                {
                    OwnAll([shard]);
                }
                catch (JournalCorruptException e)
                {
                    damage ??= e;
                }
            }

            if (damage is not null) throw damage;
        }
    }

    private void OwnAll(List<RaisedShard> raised)
    {
        var entries = unsettled.Read(raised);
        var recovery = unsettled.RecoveryInto(tail, entries);
        var last = entries.GroupBy(e => e.Shard).ToDictionary(g => g.Key, g => g.Last().Offset);
        var owned = raised.ToDictionary(r => r.Shard, r => new OwnedShard(r.Shard, new ShardPosition(r.Epoch, last.GetValueOrDefault(r.Shard, r.SettledOffset))));
        lock (Gate)
        {
            Tell(new ShardChange([.. owned.Keys], AreOwned: true));
            foreach (var e in entries) recovery.Add(owned[e.Shard], e.Offset, e.ConversationId, e.Events);
            foreach (var (number, shard) in owned) Volatile.Write(ref _shards[number], shard);
            Interlocked.Increment(ref _version);
        }
    }

    // First nobody finds them any more, then their tail goes: a reader that asks again after he has read sees that.
    private void Drop(IEnumerable<OwnedShard> shards)
    {
        var dropped = shards.ToList();
        if (dropped.Count == 0) return;
        foreach (var shard in dropped)
        {
            shard.IsOver = true;
            Volatile.Write(ref _shards[shard.Number], null);
        }

        Interlocked.Increment(ref _version);
        foreach (var shard in dropped) tail.Forget(shard, shard.Holds);
        Tell(new ShardChange(dropped.ConvertAll(s => s.Number), AreOwned: false));
    }

    private void Tell(ShardChange change)
    {
        try
        {
            Changed?.Invoke(change);
        }
        catch (Exception)
        {
            JournalMetrics.ListenerFailures.Add(1);
        }
    }
}
