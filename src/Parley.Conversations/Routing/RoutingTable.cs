namespace Parley.Conversations.Routing;

/// <summary>
/// Who waits and who is free in one account: the longest waiting conversation goes to the available agent with the most
/// free slots. Pure and single-writer: it knows only what it was told, and the time it is given. Slots are counted from
/// committed conversations; an offer reserves one until its ring is seen or the offer is withdrawn.
/// </summary>
public sealed class RoutingTable
{
    /// <summary>How long an agent who declined a conversation is not offered it again, milliseconds, if nobody else can take it.</summary>
    public const long RetryMilliseconds = 10_000;

    /// <summary>How long a conversation waits for the agent it was handed to before anybody may have it, milliseconds (protocol 12.6).</summary>
    public long TransferFallback { get; set; } = 120_000;

    private readonly Dictionary<string, AgentLoad> _agents = [];
    private readonly Dictionary<string, Entry> _entries = [];
    private readonly Dictionary<string, Entry> _ringing = [];
    private readonly SortedSet<(long Since, string Id)> _queue = [];
    private long _occupations;

    /// <summary>Conversations that wait for an agent and ring nowhere.</summary>
    public int Waiting => _queue.Count;

    /// <summary>Rings that are waiting, of one agent or of all.</summary>
    public IEnumerable<(Conversation Conversation, Ring Ring)> Rings(string? agentId = null) =>
        from entry in _ringing.Values
        from ring in entry.Conversation.Rings
        where ring.State == RingState.Waiting && (agentId is null || ring.AgentId == agentId)
        select (entry.Conversation, ring);

    /// <summary>An agent's availability or capacity changed.</summary>
    public void SetAgent(string agentId, bool isAvailable, int maxSlots, IReadOnlyList<string> skills)
    {
        var agent = Load(agentId);
        (agent.IsAvailable, agent.MaxSlots, agent.Skills) = (isAvailable, maxSlots, skills);
    }

    /// <summary>Whether the agent takes work, as far as he or his sockets said.</summary>
    public bool IsAvailable(string agentId) => _agents.TryGetValue(agentId, out var agent) && agent.IsAvailable;

    /// <summary>A conversation reached this committed state. An offer of it that is still under way keeps its slot.</summary>
    public void Observe(Conversation conversation)
    {
        var before = Remove(conversation.Id);
        if (conversation.Stage == Stage.Close) return;

        var entry = new Entry(conversation);
        _entries[conversation.Id] = entry;
        if (conversation.AssignedAgent is { } assigned)
        {
            entry.Occupy(Load(assigned.UserId), before);
            return;
        }

        foreach (var ring in conversation.Rings)
        {
            if (ring.State != RingState.Waiting) continue;
            entry.Occupy(Load(ring.AgentId), before);
            _ringing[conversation.Id] = entry;
        }

        if (before?.OfferedTo is { } agent && !before.IsRungBy(conversation, agent)) entry.Offer(agent, before);
        if (entry.IsFree) _queue.Add(entry.Key);
    }

    /// <summary>An offer could not be made: its slot is free and the conversation waits where it was.</summary>
    public void Withdraw(Offer offer)
    {
        if (!_entries.TryGetValue(offer.ConversationId, out var entry) || entry.OfferedTo?.Id != offer.AgentId) return;
        entry.OfferedTo = null;
        Observe(entry.Conversation);
    }

    /// <summary>The offers to make now; each reserves its slot.</summary>
    /// <param name="now">Epoch milliseconds.</param>
    /// <param name="wakeAt">When a conversation that found nobody may be offered to somebody who declined it; null if time changes nothing.</param>
    public IReadOnlyList<Offer> Next(long now, out long? wakeAt)
    {
        wakeAt = null;
        var offers = new List<Offer>();
        foreach (var (_, id) in _queue)
        {
            if (!_agents.Values.Any(a => a is { IsAvailable: true, Free: > 0 })) break; // whoever becomes free or comes calls again
            var entry = _entries[id];
            if (Best(entry.Conversation, now, ref wakeAt) is not { } agent) continue;
            entry.Offer(agent, null);
            offers.Add(new Offer(id, agent.Id));
        }

        foreach (var offer in offers) _queue.Remove(_entries[offer.ConversationId].Key);
        return offers;
    }

    private AgentLoad? Best(Conversation conversation, long now, ref long? wakeAt)
    {
        AgentLoad? best = null;
        long? retryAt = null;
        var only = HandedTo(conversation, now, ref wakeAt);
        foreach (var agent in _agents.Values)
        {
            if (only is null ? !agent.CanTake(conversation.SkillId) : agent.Id != only || !agent.CanTake(null)) continue;
            if (DeclinedUntil(conversation, agent.Id) is { } until && until > now)
            {
                retryAt = Math.Min(retryAt ?? long.MaxValue, until);
                continue;
            }

            if (best is null || Better(agent, best, conversation)) best = agent;
        }

        if (best is null && retryAt is { } at) wakeAt = Math.Min(wakeAt ?? long.MaxValue, at);
        return best;
    }

    // The agent a colleague chose, as long as it waits for him; he need not have the skill, and who declines has had his turn.
    private string? HandedTo(Conversation conversation, long now, ref long? wakeAt)
    {
        if (conversation.SuggestedSince is not { } since || now >= since + TransferFallback || conversation.Main.Suggested is not { UserId: var agent }) return null;
        if (conversation.Rings.Any(r => r.AgentId == agent && r.State == RingState.Rejected && r.OfferedTs >= since)) return null;
        wakeAt = Math.Min(wakeAt ?? long.MaxValue, since + TransferFallback);
        return agent;
    }

    // Somebody who has not declined it goes first; then more free slots; then the one who waited longest for work.
    private static bool Better(AgentLoad agent, AgentLoad than, Conversation conversation) =>
        (DeclinedUntil(conversation, agent.Id) is not null).CompareTo(DeclinedUntil(conversation, than.Id) is not null) switch
        {
            0 => agent.Free != than.Free ? agent.Free > than.Free : agent.LastOccupied < than.LastOccupied,
            var order => order < 0,
        };

    private static long? DeclinedUntil(Conversation conversation, string agentId)
    {
        long? until = null;
        foreach (var ring in conversation.Rings)
        {
            if (ring.AgentId == agentId && ring.State is (RingState.Rejected or RingState.Expired) && ring.OfferedTs >= conversation.WaitingSince)
                until = ring.EndedTs + RetryMilliseconds;
        }

        return until;
    }

    private AgentLoad Load(string agentId) =>
        _agents.TryGetValue(agentId, out var agent) ? agent : _agents[agentId] = new AgentLoad(agentId, this);

    private Entry? Remove(string conversationId)
    {
        if (!_entries.Remove(conversationId, out var entry)) return null;
        _queue.Remove(entry.Key);
        _ringing.Remove(conversationId);
        entry.Release();
        return entry;
    }

    private sealed class Entry(Conversation conversation)
    {
        private readonly List<AgentLoad> _occupied = [];

        public Conversation Conversation => conversation;
        public bool IsFree => _occupied.Count == 0;

        /// <summary>To whom it is being offered; null when the ring was seen or the offer withdrawn.</summary>
        public AgentLoad? OfferedTo { get; set; }

        public (long, string) Key => (conversation.WaitingSince ?? 0, conversation.Id);

        // An agent who was occupied by the same conversation before got no new work.
        public void Occupy(AgentLoad agent, Entry? before)
        {
            agent.Occupy(isNew: before is null || !before._occupied.Contains(agent));
            _occupied.Add(agent);
        }

        public void Offer(AgentLoad agent, Entry? before)
        {
            Occupy(agent, before);
            OfferedTo = agent;
        }

        /// <summary>Whether a later state shows a ring of this agent that this one does not know.</summary>
        public bool IsRungBy(Conversation later, AgentLoad agent) =>
            later.Rings.Any(r => r.AgentId == agent.Id && conversation.Rings.All(known => known.Id != r.Id));

        public void Release()
        {
            foreach (var agent in _occupied) agent.Release();
        }
    }

    private sealed class AgentLoad(string id, RoutingTable table)
    {
        private int _used;

        public string Id => id;
        public bool IsAvailable { get; set; }
        public int MaxSlots { get; set; }
        public IReadOnlyList<string> Skills { get; set; } = [];
        public int Free => MaxSlots - _used;
        public long LastOccupied { get; private set; }

        public bool CanTake(string? skillId) =>
            IsAvailable && Free > 0 && (skillId is null || Skills.Count == 0 || Skills.Contains(skillId));

        public void Occupy(bool isNew)
        {
            _used++;
            if (isNew) LastOccupied = ++table._occupations;
        }

        public void Release() => _used--;
    }
}
