using Parley.Journal.Encoding;

namespace Parley.Cluster.Between;

/// <summary>
/// What this node tells one other: in order, each item once, in batches that grow while the one before is on its way. One batch is under way at a time, so that
/// nothing depends on the order in which the network delivers. It is tried again under its number when its answer is lost; when that does not
/// help, or too much waits, the stream is broken for good and the other learns all of it anew.
/// </summary>
internal sealed class OutgoingStream : IAsyncDisposable
{
    private readonly Func<Batch, CancellationToken, Task<bool>> _deliver;
    private readonly OutgoingStreamOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly Guid _id = Guid.NewGuid();
    private ByteWriter _filling = new(), _underWay = new();
    private Task _pump = Task.CompletedTask;
    private int _items;
    private bool _isPumping;
    private bool _isBroken;
    private long _number;

    /// <param name="deliver">Brings a batch to the other node. False: he has missed something before it, and the stream is broken. Throws when it is not known whether he has it.</param>
    /// <param name="options">When to give up.</param>
    /// <param name="time">The clock.</param>
    public OutgoingStream(Func<Batch, CancellationToken, Task<bool>> deliver, OutgoingStreamOptions options, TimeProvider time) =>
        (_deliver, _options, _time) = (deliver, options, time);

    /// <summary>Raised once, outside of all locks, when nothing will be delivered any more: not when it is disposed of.</summary>
    public event Action? Broken;

    /// <summary>Says something. Never waits.</summary>
    /// <returns>False when the stream is broken: the item goes nowhere.</returns>
    public bool TrySend(ReadOnlySpan<byte> item)
    {
        lock (_gate)
        {
            if (_isBroken) return false;
            if (_filling.Length > 0 && _filling.Length + item.Length > _options.MostBytes)
            {
                _isBroken = true;
                _ = Task.Run(TellBroken); // who hears of it may want to say something, and the caller is in the middle of that
                return false;
            }

            _filling.Bytes(item);
            _items++;
            if (_isPumping) return true;
            _isPumping = true;
            _pump = Task.Run(PumpAsync);
            return true;
        }
    }

    /// <summary>Ends when everything was delivered that was said before, or nothing will be.</summary>
    public Task DrainedAsync()
    {
        lock (_gate) return _pump;
    }

    /// <summary>Stops at once; what waits is not delivered.</summary>
    public async ValueTask DisposeAsync()
    {
        Task pump;
        lock (_gate) (_isBroken, pump) = (true, _pump);
        await _end.CancelAsync();
        await pump;
    }

    private async Task PumpAsync()
    {
        while (true)
        {
            Batch batch;
            int items;
            lock (_gate)
            {
                if (_isBroken || _filling.Length == 0)
                {
                    _isPumping = false;
                    return;
                }

                (_underWay, _filling) = (_filling, _underWay);
                _filling.Clear();
                batch = new(_id, _number++, _underWay.Written.ToArray());
                (items, _items) = (_items, 0);
            }

            if (await TryDeliverAsync(batch))
            {
                ClusterMetrics.SentBatches.Add(1);
                ClusterMetrics.SentItems.Add(items);
                ClusterMetrics.SentBytes.Add(batch.Items.Length);
                continue;
            }

            Break();
        }
    }

    private async Task<bool> TryDeliverAsync(Batch batch)
    {
        var since = _time.GetTimestamp();
        while (!_end.IsCancellationRequested)
        {
            try
            {
                return await _deliver(batch, _end.Token);
            }
            catch (Exception) when (_time.GetElapsedTime(since) < _options.Patience)
            {
                // It may have arrived: the other node knows by the number that it is the same one.
            }
            catch (Exception)
            {
                return false;
            }

            ClusterMetrics.RepeatedBatches.Add(1);
            await Task.Delay(_options.RetryDelay, _time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return false;
    }

    private void Break()
    {
        lock (_gate)
        {
            if (_isBroken) return;
            _isBroken = true;
        }

        TellBroken();
    }

    private void TellBroken()
    {
        ClusterMetrics.BrokenStreams.Add(1);
        _end.Cancel();
        Broken?.Invoke();
    }
}
