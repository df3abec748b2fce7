using Npgsql;
using Parley.Journal;
using Parley.Journal.Postgres.Migrating;
using Parley.Journal.Postgres.Sharding;

namespace Parley.Cluster.Ownership;

/// <summary>
/// Sees to it that this node owns its share of the shards: takes those that are its own by <see cref="ShardAssignment"/> as soon
/// as nobody has them, and gives away those that should be another node's. It talks to nobody but the database.
/// </summary>
public sealed class ShardBalancer : IAsyncDisposable
{
    private static readonly int[] AllShards = [.. Enumerable.Range(0, Shards.Count)];

    // What ends by the database's clock has ended for sure a moment later.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(5);

    private readonly ShardBalancerOptions _options;
    private readonly NodeLease _lease;
    private readonly OwnershipTables _tables;
    private readonly OwnershipSignal _signal;
    private readonly CancellationTokenSource _isOver = new();
    private TaskCompletionSource _wake = NewWake();
    private ShardMap _map = ShardMap.Empty;
    private string? _failure;
    private Task _running = Task.CompletedTask, _dropping = Task.CompletedTask;

    public ShardBalancer(ShardBalancerOptions options)
    {
        _options = options;
        _lease = options.Lease;
        _tables = new OwnershipTables(options.Database, _lease.Id);
        _signal = new OwnershipSignal(options.Database, options.PollInterval, options.Time, Wake);
        _lease.Lost += OnLost;
    }

    /// <summary>Raised, on the balancer's own task, when a look showed another <see cref="Map"/>. Handlers must be quick.</summary>
    public event Action? MapChanged;

    /// <summary>Raised, on the balancer's own task, when this node has taken shards, which the <see cref="Map"/> may show as its own already. Handlers must be quick.</summary>
    public event Action? Taken;

    /// <summary>Raised after every round, when the next one is due already.</summary>
    internal event Action? Rested;

    /// <summary>Who owns what, for those who send something to the owner.</summary>
    public ShardMap Map => Volatile.Read(ref _map);

    /// <summary>Why the last round came to nothing; null when it did not.</summary>
    public string? Failure => Volatile.Read(ref _failure);

    /// <summary>Makes the tables if they are missing, and begins. The journal must have been opened: its tables are used too.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public void Start()
    {
        Migrations.Apply(_options.Database, OwnershipSchema.Part, OwnershipSchema.Steps);
        _running = Task.WhenAll(Task.Run(BalanceAsync), Task.Run(() => _signal.ListenAsync(_isOver.Token)));
    }

    /// <summary>
    /// Leaves politely: settles, gives up all shards and the lease, so that others have them at once. Without the database it
    /// gives up all the same; then others wait for the end of the lease.
    /// </summary>
    /// <param name="parting">What is to be done when nothing is decided any more, and before others know; null for nothing.</param>
    public async Task StopAsync(Func<Task>? parting = null)
    {
        await EndAsync();
        await SettleAsync();
        await DropAsync(AllShards);
        if (parting is not null) await parting();
        var isKnown = true;
        try
        {
            await _lease.ReleaseAsync();
        }
        catch (Exception e) when (IsPassing(e))
        {
            isKnown = false;
        }

        LogMessages.Left(_options.Logger, _lease.Id, isKnown);
    }

    /// <summary>Stops looking and taking, without giving anything up.</summary>
    public async ValueTask DisposeAsync()
    {
        _lease.Lost -= OnLost;
        await EndAsync();
    }

    private static TaskCompletionSource NewWake() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static bool IsPassing(Exception e) => e is NpgsqlException or TimeoutException or JournalUnavailableException;

    private async Task BalanceAsync()
    {
        while (!_isOver.IsCancellationRequested)
        {
            var wake = NewWake();
            Volatile.Write(ref _wake, wake); // what is heard from now on is looked at in the next round
            var wait = _options.PollInterval;
            try
            {
                if (!_lease.IsHeld) await JoinAsync();
                wait = await LookAsync();
                Volatile.Write(ref _failure, null);
            }
            catch (OperationCanceledException) when (_isOver.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) // a damaged block too: the others go on, and this node tries again
            {
                if (Failure != e.Message) LogMessages.Failed(_options.Logger, e);
                Volatile.Write(ref _failure, e.Message);
            }

            var waiting = wake.Task.WaitAsync(wait, _options.Time, _isOver.Token);
            Rested?.Invoke();
            await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // What the old lease covered is given up first: others may have it.
    private async Task JoinAsync()
    {
        await DropAsync(AllShards);
        await _lease.AcquireAsync();
        await _dropping; // a drop that came late must not meet what is taken from now on
        LogMessages.Joined(_options.Logger, _lease.Id);
    }

    /// <returns>When to look again.</returns>
    private async Task<TimeSpan> LookAsync()
    {
        var picture = await _tables.LookAsync(_isOver.Token);
        Show(picture);
        if (!picture.Nodes.ContainsKey(_lease.Id)) return _options.PollInterval; // the next renewal finds that out too
        var assigned = ShardAssignment.Assign(picture.Nodes.Keys, picture.LiveOwners);
        var (excess, wanted, lost) = (new Dictionary<int, long>(), new Dictionary<int, long>(), new List<int>());
        for (var shard = 0; shard < assigned.Count; shard++)
        {
            var seen = picture.Shards[shard];
            var isMine = seen.Owner == _lease.Id;
            if (!isMine && _options.Journal.PositionOf(shard) is not null) lost.Add(shard); // nobody wrote to it, or the fence would have said so
            if (assigned[shard] != _lease.Id)
            {
                if (isMine) excess.Add(shard, seen.Epoch);
            }
            else if (isMine ? _options.Journal.PositionOf(shard) is null : picture.LiveOwners[shard] is null)
            {
                wanted.Add(shard, seen.Epoch); // mine only in the database: it was lost with an earlier lease, or while it was being taken
            }
        }

        if (lost.Count > 0) await DropAsync(lost);
        if (excess.Count > 0) await GiveAsync(excess, picture.Nodes.Count);
        if (wanted.Count > 0) await TakeAsync(wanted, picture.Nodes.Count);
        if (excess.Count + wanted.Count > 0) Wake();
        return picture.FirstEnd is { } end && end + Moment < _options.PollInterval ? end + Moment : _options.PollInterval;
    }

    private async Task GiveAsync(Dictionary<int, long> epochs, int nodes)
    {
        await SettleAsync();
        await DropAsync(epochs.Keys);
        await _tables.FreeAsync(epochs, _isOver.Token);
        ClusterMetrics.GivenShards.Add(epochs.Count);
        LogMessages.Gave(_options.Logger, epochs.Count, nodes);
    }

    private async Task TakeAsync(Dictionary<int, long> epochs, int nodes)
    {
        var began = _options.Time.GetTimestamp();
        var taken = await Task.Run(() => _options.Journal.TakeOver(epochs));
        ClusterMetrics.Takeover.Record(_options.Time.GetElapsedTime(began).TotalSeconds);
        ClusterMetrics.TakenShards.Add(taken.Count);
        LogMessages.Took(_options.Logger, taken.Count, epochs.Count, nodes);
        if (taken.Count == 0) return;
        Taken?.Invoke();
        await _tables.TellAsync(_isOver.Token);
    }

    private async Task SettleAsync()
    {
        try
        {
            await _options.Journal.SettleAsync().WaitAsync(_options.SettlePatience, _options.Time);
        }
        catch (Exception)
        {
            // The next owner finds in the journal what is not settled.
        }
    }

    // It waits for a commit under way, and so not on a thread that others want.
    private Task DropAsync(IEnumerable<int> shards) => Task.Run(() => _options.Journal.Release(shards));

    private void OnLost()
    {
        LogMessages.LeaseLost(_options.Logger, _lease.Id);
        _dropping = DropAsync(AllShards); // now, while the balancer may be waiting for the database
        Wake();
    }

    private void Show(OwnershipPicture picture)
    {
        var map = new ShardMap(picture);
        if (map.Shows(Map)) return;
        Volatile.Write(ref _map, map);
        MapChanged?.Invoke();
    }

    private void Wake() => Volatile.Read(ref _wake).TrySetResult();

    private async Task EndAsync()
    {
        await _isOver.CancelAsync();
        await _running;
    }
}
