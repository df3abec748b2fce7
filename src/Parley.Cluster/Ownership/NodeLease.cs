using Npgsql;

namespace Parley.Cluster.Ownership;

/// <summary>
/// What entitles a node to the shards that it has taken over: a row in the database with an end by the database's clock, which
/// the node moves on all the time. The node measures by its own monotonic clock from before it sent a renewal, so that it always
/// believes in an end no later than the database's; an answer that comes after that end counts no more.
/// </summary>
/// <remarks>
/// A lease that was lost can be acquired again, but not before everything it covered was given up: others may have it now.
/// </remarks>
public sealed class NodeLease : IAsyncDisposable
{
    private readonly NodeLeaseOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly ITimer _expiry;
    private LeaseTable _table;
    private CancellationTokenSource _renewing = new();
    private Task _renewal = Task.CompletedTask;
    private long _end = long.MinValue;
    private bool _isHeld;

    public NodeLease(NodeLeaseOptions options)
    {
        _options = options;
        _time = options.Time;
        Id = $"{options.Node}/{Guid.NewGuid():N}";
        _table = NewTable();
        _expiry = _time.CreateTimer(_ => Expire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Raised once when a lease that was held is held no more, unless it was given back: the time ran out, or the database said
    /// that it had ended. Handlers must not throw, and must be quick: what they stop must have stopped within <see cref="NodeLeaseOptions.Margin"/>.
    /// </summary>
    public event Action? Lost;

    /// <summary>Raised after every attempt to renew, when the next one is due already: whether it is stored and counts.</summary>
    internal event Action<bool>? Attempted;

    /// <summary>The name under which this node owns shards; no other process ever has it.</summary>
    public string Id { get; }

    /// <summary>
    /// Whether this node may serve what it owns. It costs a look at the clock: ask again after whatever took time, since a
    /// process that was stopped for a while does not notice by itself.
    /// </summary>
    public bool IsHeld => _time.GetTimestamp() < Volatile.Read(ref _end);

    /// <summary>Enters this node among the live ones, and begins to renew.</summary>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    /// <exception cref="TimeoutException">The database did not answer in time for the lease to be of use.</exception>
    /// <exception cref="InvalidOperationException">The lease is held.</exception>
    public async Task AcquireAsync()
    {
        if (IsHeld) throw new InvalidOperationException("The lease is held already.");
        await EndRenewal();
        Expire(); // a timer that is late must not take the new lease for the old one
        var sent = _time.GetTimestamp();
        await Attempt(async table =>
        {
            await table.AcquireAsync(_options.Duration);
            return true;
        }, _options.Duration);
        if (!Extend(sent, isNew: true)) throw new TimeoutException("The database took longer than a lease lasts.");
        _renewing = new CancellationTokenSource();
        _renewal = Renew(_renewing.Token);
    }

    /// <summary>
    /// Gives the lease back, and with it every shard that the database has under this node's name: others can take them at once.
    /// Call it when nothing in this process decides for them any more.
    /// </summary>
    /// <exception cref="NpgsqlException">The database does not answer: the lease ends by itself then.</exception>
    /// <exception cref="TimeoutException">The same.</exception>
    public async Task ReleaseAsync()
    {
        Forget();
        await EndRenewal();
        await Attempt(async table =>
        {
            await table.LeaveAsync();
            return true;
        }, _options.Duration);
    }

    /// <summary>Stops renewing; a lease that was not released ends by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        Forget();
        await EndRenewal();
        await _expiry.DisposeAsync();
        await _table.DisposeAfterAsync(Task.CompletedTask);
    }

    private async Task Renew(CancellationToken isOver)
    {
        var due = Wait(_options.RenewInterval);
        while (true)
        {
            await due;
            if (isOver.IsCancellationRequested || !IsHeld) return;
            due = Wait(_options.RenewInterval);
            var sent = _time.GetTimestamp();
            try
            {
                var isStored = await Attempt(table => table.RenewAsync(_options.Duration), _options.RenewInterval, isOver);
                if (!isStored) Lose();
                var counts = isStored && Extend(sent, isNew: false); // not within the call: where nobody listens it would not be made
                Count(sent, counts ? "renewed" : "too late");
                Attempted?.Invoke(counts);
            }
            catch (OperationCanceledException) when (isOver.IsCancellationRequested)
            {
                return;
            }
            catch (Exception) // whatever it was, this must go on: what ends a lease is the time
            {
                due = Wait(_options.RenewInterval / 4); // there is time for some more attempts before the end
                Count(sent, "failed");
                Attempted?.Invoke(false);
            }
        }

        Task Wait(TimeSpan time) => Task.Delay(time, _time, isOver).ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    // Whatever is wrong with a connection, the next attempt has another one.
    private async Task<bool> Attempt(Func<LeaseTable, Task<bool>> run, TimeSpan limit, CancellationToken isOver = default)
    {
        var table = _table;
        var attempt = run(table);
        try
        {
            return await attempt.WaitAsync(limit, _time, isOver);
        }
        catch (Exception)
        {
            _table = NewTable();
            _ = table.DisposeAfterAsync(attempt);
            throw;
        }
    }

    // A renewal counts only while the lease is held: whoever looked after its end may have seen it ended.
    private bool Extend(long sent, bool isNew)
    {
        lock (_gate)
        {
            var end = sent + Ticks(_options.Duration - _options.Margin);
            var now = _time.GetTimestamp();
            if (now >= end || (!isNew && (!_isHeld || now >= _end))) return false;
            _isHeld = true;
            Volatile.Write(ref _end, end);
            _expiry.Change(_time.GetElapsedTime(now, end), Timeout.InfiniteTimeSpan);
            return true;
        }
    }

    private void Expire()
    {
        lock (_gate)
        {
            if (!_isHeld) return;
            var now = _time.GetTimestamp();
            if (now < _end)
            {
                _expiry.Change(_time.GetElapsedTime(now, _end) + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
                return;
            }
        }

        Lose();
    }

    private void Lose()
    {
        if (!Forget()) return;
        ClusterMetrics.LostLeases.Add(1);
        Lost?.Invoke();
    }

    /// <returns>Whether it was held.</returns>
    private bool Forget()
    {
        lock (_gate)
        {
            var was = _isHeld;
            _isHeld = false;
            Volatile.Write(ref _end, long.MinValue);
            return was;
        }
    }

    private async Task EndRenewal()
    {
        await _renewing.CancelAsync();
        await _renewal;
    }

    private void Count(long sent, string outcome) =>
        ClusterMetrics.Renewal.Record(_time.GetElapsedTime(sent).TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    private LeaseTable NewTable() => new(_options.Database, Id, _options.Address);

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _time.TimestampFrequency);
}
