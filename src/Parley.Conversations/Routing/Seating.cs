namespace Parley.Conversations.Routing;

/// <summary>Where every waiting conversation queues and every agent with a free slot sits: one pool per skill, and those of no skill.</summary>
internal sealed class Seating
{
    private readonly HashSet<Pool> _open = [];
    private readonly Dictionary<string, Pool> _bySkill = [];
    private Pool _withoutSkill = new("no skill");
    private Pool _otherSkills = new("a skill that nobody has");

    public bool Knows(string skillId) => _bySkill.ContainsKey(skillId);

    public Pool Of(string? skillId) => skillId is null ? _withoutSkill : _bySkill.GetValueOrDefault(skillId, _otherSkills);

    /// <summary>Empties every pool and makes those that there are to be; whoever was in one finds his place again.</summary>
    public void BeginAnew(RoutingRules rules, IReadOnlyCollection<AgentLoad> agents)
    {
        _bySkill.Clear();
        _open.Clear();
        (_withoutSkill, _otherSkills) = (new(_withoutSkill.Name), new(_otherSkills.Name));
        foreach (var agent in agents)
        {
            foreach (var seat in agent.Seats.Values) seat.Pool.Seats.Remove(seat);
            agent.Seats = [];
        }

        foreach (var id in agents.SelectMany(agent => agent.Rules.Skills.Keys).Concat(rules.Skills.Keys)) _bySkill.TryAdd(id, new(rules.Of(id).Name ?? id));
    }

    public void Enqueue(RoutedConversation routed, Pool pool)
    {
        if (routed.Pools.Contains(pool)) return;
        routed.Pools.Add(pool);
        pool.Queue.Add(routed);
        _open.Add(pool);
    }

    public static void Leave(RoutedConversation routed)
    {
        foreach (var pool in routed.Pools) pool.Remove(routed);
        routed.Pools.Clear();
    }

    /// <summary>Nobody who sits may have it at the moment.</summary>
    public static void PutAside(RoutedConversation routed)
    {
        foreach (var pool in routed.Pools) pool.PutAside(routed);
    }

    /// <summary>Of all that may go somewhere, the one that goes before the others.</summary>
    public RoutedConversation? Next()
    {
        RoutedConversation? best = null;
        foreach (var pool in _open)
        {
            if (pool.Queue.Count == 0 || pool.Seats.Count == 0) _open.Remove(pool); // allowed while walking
            else if (best is null || pool.Queue.Min!.Place.CompareTo(best.Place) < 0) best = pool.Queue.Min;
        }

        return best;
    }

    /// <summary>
    /// Gives an agent the seats that are his now. Conversations that found nobody are looked at again where he did not sit before, or
    /// had too many of a skill: whoever sat was found unfit already.
    /// </summary>
    public void Reseat(AgentLoad agent, RoutingRules rules)
    {
        var before = agent.Seats;
        var wereFull = agent.FullSkills;
        agent.Seats = [];
        agent.FullSkills = [.. agent.SkillsHeld.Where(id => !agent.HasRoomFor(id, rules))];
        var isRoomier = wereFull.Any(id => !agent.FullSkills.Contains(id));
        foreach (var seat in before.Values) seat.Pool.Seats.Remove(seat);
        if (agent.Free < AgentLoad.Slot || agent.Rules.Readiness == Readiness.None) return;
        Sit(agent.Handed, 0);
        if (agent.Rules.Readiness != Readiness.All) return;
        Sit(_withoutSkill, 0);
        foreach (var (id, priority) in agent.Rules.Skills) SitAt(id, _bySkill[id], priority);
        if (agent.Rules.Skills.Count > 0) return;
        Sit(_otherSkills, 0);
        foreach (var (id, pool) in _bySkill) SitAt(id, pool, int.MaxValue);

        void SitAt(string skillId, Pool pool, int priority)
        {
            if (agent.HasRoomFor(skillId, rules)) Sit(pool, priority);
        }

        void Sit(Pool pool, int priority)
        {
            var seat = new Seat(agent, pool, priority, agent.Free, agent.LastGiven);
            pool.Seats.Add(seat);
            agent.Seats[pool] = seat;
            if (!isRoomier && before.ContainsKey(pool)) return;
            pool.BringBack();
            _open.Add(pool);
        }
    }
}
