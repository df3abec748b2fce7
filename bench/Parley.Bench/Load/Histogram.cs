using System.Numerics;

namespace Parley.Bench.Load;

/// <summary>Counts durations in buckets that grow with them: any duration, at most 0.4 % off, no allocation.</summary>
internal sealed class Histogram
{
    private const int SubBits = 7;
    private const int SubBuckets = 1 << SubBits;

    private readonly long[] _buckets = new long[(64 - SubBits) << SubBits];

    public long Count { get; private set; }

    /// <summary>The longest, exactly.</summary>
    public long MaxNanoseconds { get; private set; }

    public void Record(long nanoseconds)
    {
        var value = Math.Max(nanoseconds, 0);
        _buckets[BucketOf(value)]++;
        Count++;
        MaxNanoseconds = Math.Max(MaxNanoseconds, value);
    }

    /// <summary>The duration that this share of all was no longer than, in nanoseconds; NaN when there are none.</summary>
    public double Percentile(double share)
    {
        if (Count == 0) return double.NaN;
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        var bucket = 0;
        for (var seen = _buckets[0]; seen < rank; seen += _buckets[bucket]) bucket++;
        return Math.Min(MiddleOf(bucket), MaxNanoseconds);
    }

    public void Add(Histogram other)
    {
        for (var i = 0; i < _buckets.Length; i++) _buckets[i] += other._buckets[i];
        Count += other.Count;
        MaxNanoseconds = Math.Max(MaxNanoseconds, other.MaxNanoseconds);
    }

    public void Clear()
    {
        Array.Clear(_buckets);
        (Count, MaxNanoseconds) = (0, 0);
    }

    // Small values have a bucket each; above, each power of two has SubBuckets of equal width.
    private static int BucketOf(long value)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)value | 1) - SubBits);
        return (shift << SubBits) + (int)(value >> shift);
    }

    private static double MiddleOf(int bucket)
    {
        var shift = Math.Max(0, (bucket >> SubBits) - 1);
        var low = (long)(bucket - (shift << SubBits)) << shift;
        return low + ((1L << shift) - 1) / 2.0;
    }
}
