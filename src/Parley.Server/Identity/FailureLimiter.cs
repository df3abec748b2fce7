namespace Parley.Server.Identity;

/// <summary>Counts failures per key in a bucket that empties with time; successes cost nothing.</summary>
/// <param name="capacity">So many failures are allowed at once.</param>
/// <param name="forgiveness">After this long one more failure is allowed.</param>
internal sealed class FailureLimiter(int capacity, TimeSpan forgiveness, TimeProvider time)
{
    private const int SweepEvery = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (double Failures, long At)> _buckets = [];
    private int _untilSweep = SweepEvery;

    public bool IsExhausted(string key)
    {
        lock (_lock)
        {
            return Level(key) > capacity - 1;
        }
    }

    public void Count(string key)
    {
        lock (_lock)
        {
            _buckets[key] = (Level(key) + 1, time.GetTimestamp());
            if (--_untilSweep == 0)
            {
                Sweep();
            }
        }
    }

    private double Level(string key) => _buckets.TryGetValue(key, out var bucket)
        ? Math.Max(0, bucket.Failures - time.GetElapsedTime(bucket.At) / forgiveness)
        : 0;

    private void Sweep()
    {
        foreach (var key in _buckets.Keys.Where(key => Level(key) <= 0).ToArray())
        {
            _buckets.Remove(key);
        }

        _untilSweep = Math.Max(SweepEvery, _buckets.Count);
    }
}
