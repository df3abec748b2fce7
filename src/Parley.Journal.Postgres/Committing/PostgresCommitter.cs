using System.Diagnostics;
using Parley.Conversations;
using Parley.Journal.Committing;
using Parley.Journal.Encoding;
using Parley.Journal.Postgres.Sharding;
using Parley.Journal.Tails;

namespace Parley.Journal.Postgres.Committing;

/// <summary>Commits groups to the table <c>journal</c>, one row a shard, and finds out what became of a group whose commit failed.</summary>
internal sealed class PostgresCommitter : GroupCommitter, IDisposable
{
    private readonly PostgresJournalOptions _options;
    private readonly JournalTable _table;
    private readonly ShardTakeover _takeover;
    private readonly ShardOwnership _ownership;
    private readonly Tail _tail;
    private readonly Settler _settler;
    private readonly ITimer _retry;
    private readonly ByteWriter _block = new();
    private readonly SortedDictionary<int, ShardBlock> _blocks = [];
    private string? _failure;
    private List<ShardBlock>? _undecided;
    private bool _retryIsDue;

    public PostgresCommitter(PostgresJournalOptions options, ShardTakeover takeover, ShardOwnership ownership, Tail tail, Settler settler)
        : base("journal committer")
    {
        _options = options;
        _table = new JournalTable(options.Database);
        _takeover = takeover;
        _ownership = ownership;
        _tail = tail;
        _settler = settler;
        _retry = options.Time.CreateTimer(_ => Retry(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Start();
    }

    /// <summary>Why the last write failed; null when it did not.</summary>
    public string? Failure => Volatile.Read(ref _failure);

    /// <summary>Whether there are blocks of which nobody knows whether they are stored: until that is known nothing may be read or written.</summary>
    public bool IsUndecided => Volatile.Read(ref _undecided) is not null;

    /// <summary>Ends the thread; what was queued is committed or refused.</summary>
    public void Dispose()
    {
        Stop();
        _retry.Dispose();
        _table.Dispose();
    }

    protected override CommitOutcome Commit(List<JournalEntry> group)
    {
        var hasRoom = _settler.WaitForRoom(_options.TailBytes); // not under the gate: the settling thread may need it
        lock (_ownership.Gate)
        {
            var isUsable = hasRoom && IsUsable(); // first: it may raise epochs, which blocks carry
            var isWhole = Pack(group);
            var blocks = _blocks.Values.ToList();
            if (blocks.Count > 0 && isUsable) Write(blocks);
            return !isWhole || blocks.Exists(b => b.Outcome != blocks[0].Outcome) ? CommitOutcome.Mixed : blocks[0].Outcome;
        }
    }

    protected override CommitOutcome OutcomeOf(JournalEntry entry) =>
        entry.Log is OwnedShard shard && _blocks.TryGetValue(shard.Number, out var block) && block.Shard == shard ? block.Outcome : CommitOutcome.Moved;

    protected override void AfterGroup()
    {
        if (!Volatile.Read(ref _retryIsDue)) return;
        Volatile.Write(ref _retryIsDue, false);
        lock (_ownership.Gate)
        {
            if (Failure is not null && IsUsable()) Probe();
        }
    }

    // What was decided without owning the shard, or before it went, gets no block. False when there is such.
    private bool Pack(List<JournalEntry> group)
    {
        _blocks.Clear();
        var isWhole = true;
        foreach (var entry in group)
        {
            if (entry.Events.Length == 0) continue;
            if (entry.Log is not OwnedShard { IsOver: false } shard)
            {
                isWhole = false;
                continue;
            }

            if (!_blocks.TryGetValue(shard.Number, out var block)) _blocks.Add(shard.Number, block = new ShardBlock(shard));
            block.Entries.Add(entry);
        }

        foreach (var block in _blocks.Values) block.Bytes = GroupCodec.Encode(_block, block.Offset, block.Entries).ToArray();
        return isWhole;
    }

    private void Write(List<ShardBlock> blocks)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            _table.Open();
        }
        catch (Exception e)
        {
            Fail(e); // and nothing was sent: the blocks are refused
            JournalMetrics.FailedGroups.Add(1);
            return;
        }

        try
        {
            var stored = _table.Append(blocks);
            foreach (var block in blocks) block.Outcome = stored.Contains(block.Shard.Number) ? CommitOutcome.Committed : CommitOutcome.Moved;
            Volatile.Write(ref _failure, null);
        }
        catch (Exception e)
        {
            Fail(e);
            if (!TryFindOut(blocks)) Volatile.Write(ref _undecided, blocks);
        }

        JournalMetrics.CommitDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        Publish(blocks);
    }

    // Taking the shards over again waits for the transaction that failed and makes it too late for it if it has not begun: what
    // the rows say afterwards is final. A shard that another node has taken meanwhile may have been settled by him: if that went
    // as far as the block, nobody can tell any more whose block it was. So rows are looked for first: one that was not there,
    // and is not settled afterwards, never was.
    private bool TryFindOut(List<ShardBlock> blocks)
    {
        try
        {
            _table.Dispose();
            int[] numbers = [.. blocks.Select(b => b.Shard.Number)];
            var own = _takeover.RaiseOwn([.. blocks.Where(b => !b.Shard.IsOver).Select(b => b.Shard.Number)]).ToDictionary(r => r.Shard, r => r.Epoch);
            _table.Open();
            var stored = _table.Find(blocks);
            var settled = _table.SettledOffsets(numbers);
            foreach (var block in blocks)
            {
                var isOwn = own.TryGetValue(block.Shard.Number, out var epoch);
                if (isOwn) block.Shard.Epoch = epoch;
                block.Outcome =
                    stored.Contains(block.Shard.Number) ? CommitOutcome.Committed
                    : isOwn ? CommitOutcome.Refused
                    : settled[block.Shard.Number] < block.Offset ? CommitOutcome.Moved
                    : CommitOutcome.Undecided;
            }

            _ownership.Lose(blocks.Where(b => !own.ContainsKey(b.Shard.Number)).Select(b => b.Shard));
            return true;
        }
        catch (Exception e)
        {
            Fail(e);
            _table.Dispose();
            foreach (var block in blocks) block.Outcome = CommitOutcome.Undecided;
            return false;
        }
    }

    private void Publish(List<ShardBlock> blocks)
    {
        var stored = blocks.FindAll(b => b is { Outcome: CommitOutcome.Committed, Shard.IsOver: false });
        foreach (var block in stored) block.Shard.Offset = block.Offset;
        var (events, bytes) = _tail.Add([.. stored.Select(b => new TailPart(b.Shard, b.Offset, b.Entries))]);
        _ownership.Lose(blocks.Where(b => b.Outcome == CommitOutcome.Moved).Select(b => b.Shard));
        if (events >= _options.SettleEvents || bytes > _options.TailBytes / 2) _settler.Request();
        JournalMetrics.Events.Add(stored.Sum(b => b.Entries.Sum(e => e.Events.Length)));
        (stored.Count > 0 ? JournalMetrics.Groups : JournalMetrics.FailedGroups).Add(1);
    }

    /// <summary>Tries to end the time of not knowing.</summary>
    private bool IsUsable()
    {
        if (_undecided is not { } blocks) return true;
        if (!TryFindOut(blocks)) return false;
        Publish(blocks);
        Volatile.Write(ref _undecided, null); // now that readers find it
        return true;
    }

    private void Probe()
    {
        try
        {
            _table.Open();
            _table.Probe();
            Volatile.Write(ref _failure, null);
        }
        catch (Exception e)
        {
            Fail(e);
            _table.Dispose();
        }
    }

    private void Fail(Exception e)
    {
        Volatile.Write(ref _failure, e.Message);
        _options.Database.Clear();
        _retry.Change(_options.RetryInterval, Timeout.InfiniteTimeSpan);
    }

    private void Retry()
    {
        Volatile.Write(ref _retryIsDue, true);
        Nudge();
    }
}
