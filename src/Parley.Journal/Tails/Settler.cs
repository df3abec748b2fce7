namespace Parley.Journal.Tails;

/// <summary>Moves the tail into its final tables on a thread of its own, a generation at a time; a failure is tried again until it works.</summary>
internal sealed class Settler
{
    private readonly Tail _tail;
    private readonly Action<TailGeneration> _settle;
    private readonly TimeSpan _settleInterval, _retryInterval;
    private readonly ITimer _timer;
    private readonly Thread _thread;
    private readonly AutoResetEvent _wake = new(false);
    private readonly AutoResetEvent _attempted = new(false);
    private readonly Lock _gate = new();
    private List<TaskCompletionSource> _waiting = [];
    private string? _failure;
    private bool _stopping;

    /// <param name="tail">What is to be settled.</param>
    /// <param name="settle">Stores a generation for good, or throws. One that failed is given again, and may have been stored all the same.</param>
    /// <param name="settleInterval">How long committed events wait at most for a settling to start.</param>
    /// <param name="retryInterval">How long after a failure the next attempt starts.</param>
    /// <param name="time">The clock of the intervals.</param>
    public Settler(Tail tail, Action<TailGeneration> settle, TimeSpan settleInterval, TimeSpan retryInterval, TimeProvider time)
    {
        _tail = tail;
        _settle = settle;
        _settleInterval = settleInterval;
        _retryInterval = retryInterval;
        _timer = time.CreateTimer(_ => Request(), null, settleInterval, settleInterval);
        _thread = new Thread(Run) { IsBackground = true, Name = "journal settler", Priority = ThreadPriority.BelowNormal };
        _thread.Start();

        // What was recovered is settled at once: a server that is killed again and again before the interval is over would start
        // with an ever longer tail.
        Request();
    }

    /// <summary>Why the last attempt failed; null when it did not.</summary>
    public string? Failure => Volatile.Read(ref _failure);

    public void Request() => _wake.Set();

    /// <summary>Settles what is committed now; fails if that attempt fails (the settler itself tries again).</summary>
    public Task SettleAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate) _waiting.Add(done);
        Request();
        return done.Task;
    }

    /// <summary>Waits until the tail has room again.</summary>
    /// <returns>False when it will not have any soon, because settling fails.</returns>
    public bool WaitForRoom(long maxBytes)
    {
        while (_tail.Bytes > maxBytes)
        {
            if (Failure is not null) return false;
            Request();
            _attempted.WaitOne();
        }

        return true;
    }

    /// <summary>Settles all there is, once, and ends the thread.</summary>
    public void Stop()
    {
        _timer.Dispose();
        Volatile.Write(ref _stopping, true);
        Request();
        _thread.Join();
    }

    private void Run()
    {
        while (true)
        {
            _wake.WaitOne();
            var last = Volatile.Read(ref _stopping);
            List<TaskCompletionSource> waiting;
            lock (_gate)
            {
                waiting = _waiting;
                _waiting = [];
            }

            try
            {
                SettleAll();
                foreach (var done in waiting) done.SetResult();
            }
            catch (Exception e)
            {
                Volatile.Write(ref _failure, e.Message);
                JournalMetrics.SettlingFailures.Add(1);
                _timer.Change(_retryInterval, _settleInterval);
                foreach (var done in waiting) done.SetException(e);
            }

            _attempted.Set();
            if (last) return;
        }
    }

    // Two rounds: a generation that failed before, and what was committed meanwhile.
    private void SettleAll()
    {
        for (var round = 0; round < 2 && _tail.BeginSettling() is { } generation; round++)
        {
            _settle(generation);
            Volatile.Write(ref _failure, null);
            _tail.EndSettling();
            JournalMetrics.SettledEvents.Add(generation.Events);
        }
    }
}
