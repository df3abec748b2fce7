using Npgsql;
using Parley.Journal.Postgres.Reading;
using Parley.Journal.Tails;

namespace Parley.Journal.Postgres.Sharding;

/// <summary>Which shards this node owns, as far as it knows: the database has the last word, in every transaction that writes.</summary>
internal sealed class ShardOwnership(ShardTakeover takeover, UnsettledRows unsettled, Tail tail)
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

    public int[] Numbers => [.. Enumerable.Range(0, Shards.Count).Where(s => Find(s) is not null)];

    public OwnedShard? Find(int shard) => Volatile.Read(ref _shards[shard]);

    /// <summary>Owns these shards when it returns. Those that it really owns already stay as they are.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer: it is not known which of them were taken from their owners.</exception>
    public void TakeOver(IEnumerable<int> shards)
    {
        lock (_takingOver)
        {
            try
            {
                int[] named = [.. shards.Distinct().Order()];
                var own = named.Select(Find).OfType<OwnedShard>().ToList();
                if (own.Count > 0 && takeover.Lost([.. own.Select(s => s.Number)]) is var lost) Lose(own.Where(s => lost.Contains(s.Number)));
                int[] wanted = [.. named.Where(s => Find(s) is null)];
                if (wanted.Length == 0) return;
                var raised = takeover.Raise(wanted);
                var entries = unsettled.Read(raised);
                Own(raised, entries, unsettled.RecoveryInto(tail, entries));
            }
            catch (NpgsqlException e)
            {
                throw new JournalUnavailableException($"Shards cannot be taken over now: {e.Message}", e);
            }
        }
    }

    /// <summary>Gives shards back: what is appended for them from now on is not taken any more.</summary>
    public void Release(IEnumerable<int> shards)
    {
        lock (Gate) Drop(shards.Select(Find).OfType<OwnedShard>());
    }

    /// <summary>Another node owns these shards now.</summary>
    public void Lose(IEnumerable<OwnedShard> shards)
    {
        lock (Gate) Drop(shards.Where(s => !s.IsOver));
    }

    private void Own(List<RaisedShard> raised, List<UnsettledEntry> entries, TailRecovery recovery)
    {
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
