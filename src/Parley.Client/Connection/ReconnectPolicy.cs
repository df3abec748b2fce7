namespace Parley.Client;

/// <summary>How long to wait before connecting again: exponential back-off with full jitter, so that a crowd that lost one server does not return at once.</summary>
public sealed class ReconnectPolicy
{
    /// <summary>The upper bound of the first wait; each further attempt doubles it.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>What the bound never exceeds.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection that held this long counts as good: the next loss starts again at <see cref="BaseDelay"/>.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gives numbers from 0 to below 1, by which the bound is multiplied.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;

    /// <summary>The wait before attempt number <paramref name="attempt"/>, counted from 0.</summary>
    public TimeSpan DelayBefore(int attempt)
    {
        double bound = Math.Min(MaxDelay.TotalMilliseconds, BaseDelay.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 30)));
        return TimeSpan.FromMilliseconds(bound * Jitter());
    }
}
