using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Parley.Client;

/// <summary>
/// A queue of records of which only the latest per key matters: a reader that is behind gets each key once, as it is now. Its length is bounded by
/// the number of keys, so its writer never waits.
/// </summary>
internal sealed class LatestQueue<T>(Func<T, string> keyOf)
{
    private readonly Channel<string> _order = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<string, T> _waiting = [];

    public void Post(T item)
    {
        string key = keyOf(item);
        lock (_waiting)
        {
            bool isQueued = _waiting.ContainsKey(key);
            _waiting[key] = item;
            if (!isQueued) _order.Writer.TryWrite(key);
        }
    }

    public void Complete(Exception? reason) => _order.Writer.TryComplete(reason);

    public async IAsyncEnumerable<T> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (string key in _order.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            T? item;
            lock (_waiting) _waiting.Remove(key, out item);
            yield return item!;
        }
    }
}
