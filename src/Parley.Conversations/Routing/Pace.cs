namespace Parley.Conversations.Routing;

/// <summary>How quickly conversations of one skill find their agent: the mean time between two of them, the latest counting most.</summary>
internal sealed class Pace
{
    private const double Weight = 0.2;

    private long? _last;
    private double? _interval;

    public void Take(long timestamp)
    {
        if (_last is { } last)
        {
            var passed = Math.Max(0, timestamp - last);
            _interval = _interval is { } interval ? interval + Weight * (passed - interval) : passed;
        }

        _last = timestamp;
    }

    /// <summary>How long the conversation at this place (1 is the first) probably waits, milliseconds; null while nothing is known.</summary>
    public long? WaitAt(int position) => _interval is { } interval ? (long)(position * interval) : null;
}
