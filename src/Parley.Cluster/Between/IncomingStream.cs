using Parley.Journal.Encoding;

namespace Parley.Cluster.Between;

/// <summary>What one other node tells this one, put in order: a batch that comes twice is heard once, one that follows a hole is not heard at all. Not thread-safe: its transport hands it one batch at a time.</summary>
/// <param name="hear">An item; on the calling thread, in order. What goes wrong with one must not keep the others from being heard.</param>
/// <param name="restarted">Before the first item of a stream: what was known from this node may be out of date. Gets whether there was another one before, the end of which may be lost.</param>
internal sealed class IncomingStream(Action<ReadOnlySpan<byte>> hear, Action<bool> restarted)
{
    private Guid _stream;
    private long _next;

    /// <returns>False when something before it is missing: the sender must begin another stream.</returns>
    /// <exception cref="FormatException">The items are damaged; those before the damage were heard.</exception>
    public bool TryHear(in Batch batch)
    {
        if (batch.Stream != _stream)
        {
            if (batch.Number != 0) return false;
            var isAnother = _stream != Guid.Empty;
            (_stream, _next) = (batch.Stream, 0);
            restarted(isAnother);
        }

        if (batch.Number > _next) return false;
        if (batch.Number < _next) return true;
        _next++;
        var items = new ByteReader(batch.Items.Span);
        var count = 0;
        for (; !items.AtEnd; count++) hear(items.Bytes(out _));
        ClusterMetrics.HeardItems.Add(count);
        ClusterMetrics.HeardBytes.Add(batch.Items.Length);
        return true;
    }
}
