using System.Runtime.InteropServices;

namespace Parley.Commands;

/// <summary>While it lives, SIGINT and SIGTERM ask the command to end, and do not end the process.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration _interrupted, _terminated;

    public StopSignals() =>
        (_interrupted, _terminated) = (PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal), PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal));

    /// <summary>Cancelled when one has come.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Completes when one has come.</summary>
    public Task Asked => _asked.Task;

    public void Dispose()
    {
        _terminated.Dispose();
        _interrupted.Dispose();
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _asked.TrySetResult();
        _stop.Cancel();
    }
}
