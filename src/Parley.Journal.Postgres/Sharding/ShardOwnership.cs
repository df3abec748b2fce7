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

    /// <summary>Raised for shards that another node has taken; see <see cref="PostgresJournal.ShardsLost"/>.</summary>
    public event Action<IReadOnlyList<int>>? Lost;

    /// <summary>Held while anything is committed, and while the ownership of a shard or its tail changes.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Changes whenever what is owned changes.</summary>
    public int Version => Volatile.Read(ref _version);

    public int[] Numbers => [.. Enumerable.Range(0, Shards.Count).Where(s => Find(s) is not null)];

    public OwnedShard? Find(int shard) => Volatile.Read(ref _shards[shard]);

    /// <summary>Owns these shards when it returns. Those that it owned already stay as they are.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer: it is not known which of them were taken from their owners.</exception>
    public void TakeOver(IEnumerable<int> shards)
    {
        lock (_takingOver)
        {
            int[] wanted = [.. shards.Distinct().Where(s => Find(s) is null).Order()];
            if (wanted.Length == 0) return;
            try
            {
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
        lock (Gate)
        {
            foreach (var shard in shards) Drop(shard);
        }
    }

    /// <summary>Another node owns these shards now.</summary>
    public void Lose(IEnumerable<OwnedShard> shards)
    {
        lock (Gate)
        {
            int[] lost = [.. shards.Where(s => !s.IsOver).Select(s => s.Number)];
            foreach (var shard in lost) Drop(shard);
            try
            {
                if (lost.Length > 0) Lost?.Invoke(lost);
            }
            catch (Exception)
            {
                JournalMetrics.ListenerFailures.Add(1);
            }
        }
    }

    private void Own(List<RaisedShard> raised, List<UnsettledEntry> entries, TailRecovery recovery)
    {
        var last = entries.GroupBy(e => e.Shard).ToDictionary(g => g.Key, g => g.Last().Offset);
        var owned = raised.ToDictionary(r => r.Shard, r => new OwnedShard(r.Shard, new ShardPosition(r.Epoch, last.GetValueOrDefault(r.Shard, r.SettledOffset))));
        lock (Gate)
        {
            foreach (var e in entries) recovery.Add(owned[e.Shard], e.Offset, e.ConversationId, e.Events);
            foreach (var (number, shard) in owned) Volatile.Write(ref _shards[number], shard);
            Interlocked.Increment(ref _version);
        }
    }

    // First nobody finds it any more, then its tail goes: a reader that asks again after he has read sees that.
    private void Drop(int number)
    {
        if (Find(number) is not { } shard) return;
        shard.IsOver = true;
        Volatile.Write(ref _shards[number], null);
        Interlocked.Increment(ref _version);
        tail.Forget(shard, shard.Holds);
    }
}
