using System.IO.Pipelines;

namespace Parley.Server.Gateway.Upgrades;

/// <summary>A connection whose first request is not known yet. It is decided what it becomes, or its time runs out: never both.</summary>
internal sealed class Arrival(PipeReader input, long since)
{
    private readonly Lock _gate = new();
    private bool _isDecided;
    private bool _isOver;

    /// <summary>Timestamp of its beginning.</summary>
    public long Since => since;

    /// <summary>Takes it out of the clock's reach, so that no reader that follows is interrupted.</summary>
    /// <returns>False when its time has run out.</returns>
    public bool TryDecide()
    {
        lock (_gate)
        {
            _isDecided = !_isOver;
            return _isDecided;
        }
    }

    /// <summary>Its time has run out: ends the wait for its bytes.</summary>
    public void Expire()
    {
        lock (_gate)
        {
            if (_isDecided || _isOver) return;
            _isOver = true;
            input.CancelPendingRead();
        }
    }
}
