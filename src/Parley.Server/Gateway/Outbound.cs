using System.Buffers;
using System.IO.Pipelines;

namespace Parley.Server.Gateway;

/// <summary>
/// The way out of one socket. All members are called under the connection's lock. Invariant: the pipe is written only
/// while no flush is under way; meanwhile frames gather in an overflow, whose size the caller bounds.
/// </summary>
internal sealed class Outbound(PipeWriter pipe, Lock gate)
{
    private byte[] _overflow = [];
    private bool _isFlushing;
    private bool _isDead;
    private bool _isSealed;
    private TaskCompletionSource? _drained;

    /// <summary>Bytes that wait because the peer reads too slowly.</summary>
    public int Waiting { get; private set; }

    /// <summary>Adds a whole frame.</summary>
    public void Write(ReadOnlySpan<byte> frame)
    {
        if (_isDead || _isSealed) return;
        Add(frame);
    }

    /// <summary>Adds the close frame, after which nothing may follow.</summary>
    public void WriteLast(ReadOnlySpan<byte> frame)
    {
        Write(frame);
        _isSealed = true;
    }

    private void Add(ReadOnlySpan<byte> frame)
    {
        if (!_isFlushing)
        {
            try
            {
                pipe.Write(frame);
            }
            catch (InvalidOperationException) // the transport completed the pipe: the peer is gone
            {
                Kill();
            }

            return;
        }

        if (_overflow.Length < Waiting + frame.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Waiting + frame.Length, 4096));
            _overflow.AsSpan(0, Waiting).CopyTo(larger);
            ReturnOverflow();
            _overflow = larger;
        }

        frame.CopyTo(_overflow.AsSpan(Waiting));
        Waiting += frame.Length;
    }

    /// <summary>Hands everything written to the transport. Never waits.</summary>
    public void Flush()
    {
        if (_isFlushing || _isDead) return;
        if (TryFlush() is { IsCompleted: false } pending)
        {
            _isFlushing = true;
            _ = FinishAsync(pending);
        }
    }

    /// <summary>A task that completes when everything written so far was taken by the transport.</summary>
    public Task DrainedAsync()
    {
        if (!_isFlushing || _isDead) return Task.CompletedTask;
        return (_drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    /// <summary>Nothing can be sent any more.</summary>
    public void Kill()
    {
        _isDead = true;
        Waiting = 0;
        ReturnOverflow();
        _drained?.TrySetResult();
    }

    private ValueTask<FlushResult> TryFlush()
    {
        try
        {
            return pipe.FlushAsync();
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            Kill();
            return default;
        }
    }

    private async Task FinishAsync(ValueTask<FlushResult> pending)
    {
        while (true)
        {
            var failed = false;
            try
            {
                failed = (await pending.ConfigureAwait(false)).IsCompleted;
            }
            catch (Exception) // whatever the transport says, the socket is gone
            {
                failed = true;
            }

            lock (gate)
            {
                _isFlushing = false;
                if (failed || _isDead)
                {
                    Kill();
                    return;
                }

                if (Waiting > 0)
                {
                    Add(_overflow.AsSpan(0, Waiting));
                    Waiting = 0;
                    ReturnOverflow();
                    pending = TryFlush();
                    if (!pending.IsCompleted)
                    {
                        _isFlushing = true;
                        continue;
                    }
                }

                _drained?.TrySetResult();
                _drained = null;
                return;
            }
        }
    }

    private void ReturnOverflow()
    {
        if (_overflow.Length > 0) ArrayPool<byte>.Shared.Return(_overflow);
        _overflow = [];
    }
}
