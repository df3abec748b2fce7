namespace Parley.Conversations.Routing;

/// <summary>
/// Who waits and who is free in one account, and who gets what. Pure and single-writer: it knows only what it was told, and the
/// time it is given. Slots are counted from committed conversations; an offer reserves one until its ring is seen or the offer
/// is withdrawn, so that no agent is ever given more than he can take. What happened since the last turn is looked at in the next
/// one, and only that: a turn costs what changed, times the logarithm of what waits.
/// </summary>
public sealed partial class RoutingTable
{
    /// <summary>After how many milliseconds the end of a ring is asked for again that was not seen to happen.</summary>
    public const long RepeatAfter = 1_000;

    private readonly Dictionary<string, AgentLoad> _agents = [];
    private readonly Dictionary<string, RoutedConversation> _conversations = [];
    private readonly HashSet<RoutedConversation> _changed = [];
    private readonly HashSet<AgentLoad> _reseat = [];
    private readonly Seating _seating = new();
    private readonly SortedSet<(long At, string Id)> _wakes = [];
    private readonly Dictionary<string, Pace> _paces = [];
    private readonly Waitlist _waitlist = new();
    private RoutingRules _rules = RoutingRules.Default;
    private bool _isOutOfDate;
    private long _given;

    /// <summary>Conversations that wait for an agent.</summary>
    public int Waiting => _waitlist.Count;

    /// <summary>Since when the one of them waits that waits longest, or null; while its account was closed does not count.</summary>
    public long? WaitingSince => _waitlist.Oldest;

    /// <summary>How many of them should have been answered by <paramref name="now"/>.</summary>
    public int Overdue(long now) => _waitlist.Overdue(now);

    /// <summary>Rings that wait for their agents.</summary>
    public int RingsWaiting { get; private set; }

    /// <summary>The rules of the account changed.</summary>
    public void SetRules(RoutingRules rules)
    {
        if (rules with { Skills = _rules.Skills } == _rules && AreSame(rules.Skills, _rules.Skills)) return;
        _rules = rules;
        _waitlist.SetRules(rules);
        _isOutOfDate = true;
    }

    /// <summary>An agent's readiness, capacity or skills changed.</summary>
    public void SetAgent(string agentId, AgentRules rules)
    {
        var agent = Load(agentId);
        var before = agent.Rules;
        if (rules with { Skills = before.Skills } == before && AreSame(rules.Skills, before.Skills)) return;
        agent.Rules = rules;
        _isOutOfDate |= rules.Skills.Keys.Concat(before.Skills.Keys).Any(id => _seating.Knows(id) != IsKnown(id));
        _reseat.Add(agent);
        _changed.UnionWith(agent.Ringing);
    }

    /// <summary>What is known of an agent, or null.</summary>
    public AgentRules? Agent(string agentId) => _agents.GetValueOrDefault(agentId)?.Rules;

    /// <summary>Rings of an agent that are waiting.</summary>
    public IEnumerable<(Conversation Conversation, Ring Ring)> Rings(string agentId) =>
        !_agents.TryGetValue(agentId, out var agent) ? []
        : from routed in agent.Ringing
          from ring in routed.Conversation.Rings
          where ring.State == RingState.Waiting && ring.AgentId == agentId
          select (routed.Conversation, ring);

    /// <summary>Conversations an agent is in charge of.</summary>
    public IReadOnlyList<string> AssignedTo(string agentId) =>
        [.. _conversations.Values.Where(routed => routed.Conversation.AssignedAgent?.UserId == agentId).Select(routed => routed.Id)];

    /// <summary>A conversation reached this committed state. An offer of it that is still under way keeps its slot.</summary>
    public void Observe(Conversation conversation)
    {
        if (!_conversations.TryGetValue(conversation.Id, out var routed))
        {
            if (conversation.Stage == Stage.Close) return;
            _conversations[conversation.Id] = routed = new RoutedConversation(conversation);
        }
        else
        {
            var before = routed.Conversation;
            SetRinging(routed, isRinging: false);
            routed.Offered.RemoveAll(agent => conversation.Rings.Any(r => r.AgentId == agent && before.Rings.All(known => known.Id != r.Id)));
            routed.Conversation = conversation;
            if (before.WaitingSince is not null && conversation.AssignedAgent is not null) PaceOf(conversation.SkillId).Take(conversation.LastTimestamp);
        }

        SetRinging(routed, isRinging: true);
        _waitlist.Put(conversation);
        _changed.Add(routed);
    }

    /// <summary>An offer could not be made: its slot is free and the conversation waits where it was.</summary>
    public void Withdraw(Offer offer)
    {
        if (_conversations.TryGetValue(offer.ConversationId, out var routed) && routed.Offered.Remove(offer.AgentId)) _changed.Add(routed);
    }

    /// <summary>What is to be done.</summary>
    /// <param name="now">Epoch milliseconds.</param>
    /// <param name="acts">False while somebody else does it: then nothing is reserved and nobody counts as told.</param>
    public RoutingTurn Next(long now, bool acts = true)
    {
        List<Offer> offers = [];
        List<RingEnd> ends = [];
        if (_isOutOfDate) BeginAnew();
        while (_wakes.Count > 0 && _wakes.Min is var wake && wake.At <= now)
        {
            _wakes.Remove(wake);
            _changed.Add(_conversations[wake.Id]);
        }

        foreach (var routed in _changed) Settle(routed, now, ends);
        _changed.Clear();
        foreach (var agent in _reseat) _seating.Reseat(agent, _rules);
        _reseat.Clear();
        if (!acts) return new RoutingTurn([], [], _wakes.Count == 0 ? null : _wakes.Min.At);
        while (_seating.Next() is { } routed)
        {
            if (SeatFor(routed, now) is { } seat) Give(routed, seat, now, offers);
            else Seating.PutAside(routed);
        }

        var (untold, alerts) = (_waitlist.TakeUntold(now), _waitlist.TakeAlerts(now));
        var wakeAt = Math.Min(_wakes.Count == 0 ? long.MaxValue : _wakes.Min.At, _waitlist.WakeAt);
        return new RoutingTurn(offers, ends, wakeAt == long.MaxValue ? null : wakeAt) { Untold = untold, Alerts = alerts };
    }

    // Rules or skills changed, which is rare: everything finds its place again.
    private void BeginAnew()
    {
        _isOutOfDate = false;
        _seating.BeginAnew(_rules, _agents.Values);
        _reseat.UnionWith(_agents.Values);
        _changed.UnionWith(_conversations.Values);
    }

    // What follows from the conversation's state alone: who holds slots for it, which of its rings are over, where it queues.
    private void Settle(RoutedConversation routed, long now, List<RingEnd> ends)
    {
        Seating.Leave(routed);
        WakeAt(routed, long.MaxValue);
        Hold(routed, now);
        if (routed.Conversation.Stage == Stage.Close)
        {
            _conversations.Remove(routed.Id);
            return;
        }

        EndRings(routed, now, ends);
        if (!routed.IsWaiting) return;

        var handedTo = routed.HandedTo(now, _rules.TransferFallback);
        if (handedTo is not null) WakeAt(routed, routed.Conversation.SuggestedSince!.Value + _rules.TransferFallback);
        if (routed.Holds.Count >= (handedTo is null ? _rules.Of(routed.Conversation.SkillId).OffersAtOnce : 1)) return;

        routed.Place = QueueKey.Of(routed.Conversation, now);
        if (routed.Place.Due > now) WakeAt(routed, routed.Place.Due);
        foreach (var ring in routed.Conversation.Rings)
        {
            if (routed.DeclinedUntil(ring.AgentId, _rules.RetryAfter) is { } until && until > now) WakeAt(routed, until);
        }

        if (handedTo is not null)
        {
            _seating.Enqueue(routed, Load(handedTo).Handed);
            return;
        }

        _seating.Enqueue(routed, _seating.Of(routed.Conversation.SkillId));
        var fallbackAt = FallbackAt(routed.Conversation);
        if (fallbackAt > now) WakeAt(routed, fallbackAt.Value);
        if (fallbackAt <= now) _seating.Enqueue(routed, _seating.Of(_rules.Of(routed.Conversation.SkillId).FallbackSkillId));
    }

    private long? FallbackAt(Conversation conversation) =>
        _rules.Of(conversation.SkillId) is { FallbackSkillId: { } fallback } skill && fallback != conversation.SkillId
            ? conversation.WaitingSince + skill.FallbackAfter : null;

    private void Hold(RoutedConversation routed, long now)
    {
        var before = routed.Holds;
        var conversation = routed.Conversation;
        routed.Holds = [];
        if (conversation is { AssignedAgent: { } assigned, Stage: Stage.Open, Main.State: Stage.Open })
        {
            routed.Holds.Add((Load(assigned.UserId), conversation.SkillId, WeightOf(routed, now)));
        }
        else if (routed.IsWaiting)
        {
            foreach (var ring in conversation.Rings)
            {
                if (ring.State == RingState.Waiting) routed.Holds.Add((Load(ring.AgentId), conversation.SkillId, AgentLoad.Slot));
            }

            foreach (var agent in routed.Offered) routed.Holds.Add((Load(agent), conversation.SkillId, AgentLoad.Slot));
        }

        foreach (var (agent, skill, weight) in before)
        {
            agent.Release(skill, weight);
            _reseat.Add(agent);
        }

        foreach (var (agent, skill, weight) in routed.Holds)
        {
            agent.Hold(skill, weight);
            _reseat.Add(agent);
            if (before.All(b => b.Agent != agent)) agent.LastGiven = ++_given;
        }
    }

    // An idle conversation takes less of a slot: its agent answered, and its consumer has been silent for a while.
    private int WeightOf(RoutedConversation routed, long now)
    {
        if (_rules.IdlePercent >= AgentLoad.Slot || routed.Conversation is not { UnansweredSince: null, Main.LastPublicContent: { } last }) return AgentLoad.Slot;
        var idleAt = last.Timestamp + _rules.IdleAfter;
        if (idleAt <= now) return _rules.IdlePercent;
        WakeAt(routed, idleAt);
        return AgentLoad.Slot;
    }

    private void EndRings(RoutedConversation routed, long now, List<RingEnd> ends)
    {
        foreach (var ring in routed.Conversation.Rings)
        {
            if (ring.State != RingState.Waiting)
            {
                routed.Ending.Remove(ring.Id);
                continue;
            }

            var again = routed.Ending.GetValueOrDefault(ring.Id, now);
            if (StateAfter(routed.Conversation, ring, now) is not { } state)
            {
                WakeAt(routed, ring.ExpiresTs);
                continue;
            }

            if (again <= now)
            {
                ends.Add(new RingEnd(routed.Id, ring.Id, state));
                routed.Ending[ring.Id] = again = now + RepeatAfter;
            }

            WakeAt(routed, again);
        }
    }

    private RingState? StateAfter(Conversation conversation, Ring ring, long now)
    {
        if (ring.ExpiresTs <= now) return RingState.Expired;
        var agent = Load(ring.AgentId);
        var isHanded = conversation.Main.Find(ring.AgentId) is { State: ParticipantState.Suggested };
        var isFit = isHanded ? agent.Rules.Readiness >= Readiness.Transfers : agent.Rules.Readiness == Readiness.All && MayTake(agent, conversation, now);
        return isFit ? null : RingState.Cancelled;
    }

    // Somebody who has not declined it goes first, from its own skill rather than from the one it falls back to.
    private Seat? SeatFor(RoutedConversation routed, long now)
    {
        Seat? declined = null;
        foreach (var pool in routed.Pools)
        {
            foreach (var seat in pool.Seats)
            {
                if (routed.IsHeldBy(seat.Agent) || !seat.Agent.HasRoomFor(routed.Conversation.SkillId, _rules)) continue;
                if (routed.DeclinedUntil(seat.Agent.Id, _rules.RetryAfter) is not { } until) return seat;
                if (until <= now) declined ??= seat;
            }
        }

        return declined;
    }

    private void Give(RoutedConversation routed, Seat seat, long now, List<Offer> offers)
    {
        var skill = _rules.Of(routed.Conversation.SkillId);
        offers.Add(new Offer(
            routed.Id, seat.Agent.Id, skill.RingMilliseconds ?? _rules.RingMilliseconds, skill.AutoAccept, Reason(routed, seat, now), RoutingNeed.Of(routed.Conversation)!.Value));
        routed.Offered.Add(seat.Agent.Id);
        routed.Holds.Add((seat.Agent, routed.Conversation.SkillId, AgentLoad.Slot));
        seat.Agent.Hold(routed.Conversation.SkillId, AgentLoad.Slot);
        seat.Agent.LastGiven = ++_given;
        _seating.Reseat(seat.Agent, _rules);
        if (routed.Holds.Count < (seat.Pool == seat.Agent.Handed ? 1 : skill.OffersAtOnce)) return;
        Seating.Leave(routed);
        WakeAt(routed, long.MaxValue);
        if (seat.Pool == seat.Agent.Handed) WakeAt(routed, routed.Conversation.SuggestedSince!.Value + _rules.TransferFallback);
        foreach (var ring in routed.Conversation.Rings)
        {
            if (ring.State == RingState.Waiting) WakeAt(routed, routed.Ending.GetValueOrDefault(ring.Id, ring.ExpiresTs));
        }
    }

    private void SetRinging(RoutedConversation routed, bool isRinging)
    {
        foreach (var ring in routed.Conversation.Rings)
        {
            if (ring.State != RingState.Waiting) continue;
            RingsWaiting += isRinging ? 1 : -1;
            if (isRinging) Load(ring.AgentId).Ringing.Add(routed);
            else Load(ring.AgentId).Ringing.Remove(routed);
        }
    }

    private void WakeAt(RoutedConversation routed, long at)
    {
        if (at != long.MaxValue && at >= routed.WakeAt) return;
        if (routed.WakeAt != long.MaxValue) _wakes.Remove((routed.WakeAt, routed.Id));
        routed.WakeAt = at;
        if (at != long.MaxValue) _wakes.Add((at, routed.Id));
    }

    private static bool AreSame<T>(IReadOnlyDictionary<string, T> one, IReadOnlyDictionary<string, T> other) =>
        one.Count == other.Count && one.All(entry => other.TryGetValue(entry.Key, out var value) && EqualityComparer<T>.Default.Equals(value, entry.Value));

    private bool IsKnown(string skillId) => _rules.Skills.ContainsKey(skillId) || _agents.Values.Any(a => a.Rules.Skills.ContainsKey(skillId));

    private Pace PaceOf(string? skillId) =>
        _paces.TryGetValue(skillId ?? "", out var pace) ? pace : _paces[skillId ?? ""] = new Pace();

    private string NameOf(string skillId) => _rules.Of(skillId).Name ?? skillId;

    private AgentLoad Load(string agentId) =>
        _agents.TryGetValue(agentId, out var agent) ? agent : _agents[agentId] = new AgentLoad(agentId);
}
