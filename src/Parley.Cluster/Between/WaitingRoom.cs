namespace Parley.Cluster.Between;

/// <summary>What waits until somebody decides for its conversation. What is asked of one conversation leaves in the order in which it came.</summary>
internal sealed class WaitingRoom
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<Pending>> _queues = new(StringComparer.Ordinal);

    public int Count
    {
        get { lock (_gate) return _queues.Values.Sum(queue => queue.Count); }
    }

    public void Enter(Pending pending)
    {
        lock (_gate)
        {
            if (!_queues.TryGetValue(pending.ConversationId, out var queue)) _queues[pending.ConversationId] = queue = new();
            queue.Enqueue(pending);
        }
    }

    /// <summary>Waits too if others wait for the same conversation.</summary>
    public bool TryEnterBehind(Pending pending)
    {
        lock (_gate)
        {
            if (!_queues.TryGetValue(pending.ConversationId, out var queue)) return false;
            queue.Enqueue(pending);
            return true;
        }
    }

    /// <summary>Lets go whoever can. Not to be called twice at the same time.</summary>
    /// <param name="tryGo">False: he waits on, and with him those behind him. Called without a lock; what comes meanwhile waits behind.</param>
    public void Release(Func<Pending, bool> tryGo)
    {
        string[] conversations;
        lock (_gate) conversations = [.. _queues.Keys];
        foreach (var id in conversations)
        {
            while (First(id) is { } pending && tryGo(pending))
            {
                lock (_gate) _queues[id].Dequeue();
            }
        }
    }

    private Pending? First(string conversationId)
    {
        lock (_gate)
        {
            if (_queues[conversationId].TryPeek(out var pending)) return pending;
            _queues.Remove(conversationId);
            return null;
        }
    }
}
