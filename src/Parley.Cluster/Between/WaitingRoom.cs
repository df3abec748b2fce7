using System.Collections.Concurrent;
using Orleans.Runtime;
using Parley.Server.Ownership;

namespace Parley.Cluster.Between;

/// <summary>
/// What clients of this node ask and other nodes decide, by conversation, so that it is carried out in the order in which it was asked: what comes back because the conversation
/// changed hands goes again before what was asked after it.
/// </summary>
internal sealed class WaitingRoom
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Lane> _lanes = new(StringComparer.Ordinal);

    /// <summary>How many wait here.</summary>
    public int Count
    {
        get { lock (_gate) return _lanes.Values.Sum(lane => lane.Waiting.Count); }
    }

    /// <summary>Whether anything of a conversation waits, or is on its way.</summary>
    public bool Has(string conversationId) => _lanes.ContainsKey(conversationId);

    /// <summary>Whether anything of a conversation is on its way.</summary>
    public bool IsOut(string conversationId) => _lanes.TryGetValue(conversationId, out var lane) && Volatile.Read(ref lane.Out) > 0;

    /// <summary>Waits from now on.</summary>
    public void Enter(Pending pending)
    {
        lock (_gate) Insert(Of(pending), pending);
    }

    /// <summary>Goes to a node, if nothing that was asked before waits, comes back, or is on its way to another node.</summary>
    /// <param name="pending">What goes.</param>
    /// <param name="node">Where.</param>
    /// <param name="send">Sends it; called with the lock held, so that what is asked next is sent behind it.</param>
    public bool TryDepart(Pending pending, SiloAddress node, Action<Pending, SiloAddress> send)
    {
        lock (_gate)
        {
            var lane = Of(pending);
            var isNext = lane.Waiting.Count == 0 || lane.Waiting[0] == pending;
            if (!isNext || (lane.Out > 0 && (lane.ComesBack || !node.Equals(lane.Node)))) return false;
            if (lane.Waiting.Count > 0) lane.Waiting.RemoveAt(0);
            lane.Node = node;
            lane.Out++;
            send(pending, node);
            return true;
        }
    }

    /// <summary>Its outcome has come.</summary>
    /// <returns>Who waits for it.</returns>
    public CommandReply Arrive(Pending pending)
    {
        lock (_gate) TakeIn(Of(pending), pending);
        return pending.Reply;
    }

    /// <summary>It was not carried out, and waits for the next who decides.</summary>
    public void Return(Pending pending)
    {
        lock (_gate)
        {
            var lane = Of(pending);
            Insert(lane, pending);
            TakeIn(lane, pending);
            lane.ComesBack = lane.Out > 0;
        }
    }

    /// <summary>It waits no longer.</summary>
    public void Leave(Pending pending)
    {
        lock (_gate)
        {
            var lane = Of(pending);
            lane.Waiting.Remove(pending);
            RemoveIfEmpty(lane, pending);
        }
    }

    /// <summary>Lets go whoever can. Not to be called twice at the same time.</summary>
    /// <param name="tryGo">False: he waits on, and with him those behind him; else he has departed or left. Called without a lock.</param>
    public void Release(Func<Pending, bool> tryGo)
    {
        foreach (var id in _lanes.Keys)
        {
            while (First(id) is { } pending && tryGo(pending))
            {
            }
        }
    }

    private Pending? First(string conversationId)
    {
        lock (_gate) return _lanes.TryGetValue(conversationId, out var lane) && lane.Waiting.Count > 0 ? lane.Waiting[0] : null;
    }

    private Lane Of(Pending pending) => _lanes.GetOrAdd(pending.ConversationId, static _ => new());

    private static void Insert(Lane lane, Pending pending)
    {
        var at = lane.Waiting.Count;
        while (at > 0 && lane.Waiting[at - 1].Order > pending.Order) at--;
        lane.Waiting.Insert(at, pending);
    }

    private void TakeIn(Lane lane, Pending pending)
    {
        if (--lane.Out == 0) lane.ComesBack = false;
        RemoveIfEmpty(lane, pending);
    }

    private void RemoveIfEmpty(Lane lane, Pending pending)
    {
        if (lane.Out == 0 && lane.Waiting.Count == 0) _lanes.TryRemove(pending.ConversationId, out _);
    }

    /// <summary>What is asked of one conversation.</summary>
    private sealed class Lane
    {
        /// <summary>How many are on their way, or their outcomes.</summary>
        public int Out;

        /// <summary>Where to.</summary>
        public SiloAddress? Node { get; set; }

        /// <summary>Whether one of those came back, so that those behind it will, too.</summary>
        public bool ComesBack { get; set; }

        /// <summary>In the order in which they were asked.</summary>
        public List<Pending> Waiting { get; } = [];
    }
}
