using Parley.Conversations.Routing;

namespace Parley.Conversations.Tests.Routing;

/// <summary>What routing ought to do, as plainly as it can be said: every waiting conversation is held against every agent.</summary>
internal sealed class Reference
{
    public Dictionary<string, Conversation> Seen { get; } = [];
    public Dictionary<string, AgentRules> Agents { get; } = [];
    public List<Offer> UnderWay { get; } = [];
    public RoutingRules Rules { get; set; } = RoutingRules.Default;

    /// <summary>The agents for whom a conversation holds a slot, and how many hundredths of one.</summary>
    public Dictionary<string, int> Holders(Conversation c, long now)
    {
        if (c.Stage == Stage.Close || c.Main.State == Stage.Close) return [];
        if (c.AssignedAgent is { } assigned) return new() { [assigned.UserId] = IsIdle(c, now) ? Rules.IdlePercent : 100 };
        var rung = c.Rings.Where(r => r.State == RingState.Waiting).Select(r => r.AgentId);
        return rung.Concat(UnderWay.Where(o => o.ConversationId == c.Id).Select(o => o.AgentId)).Distinct().ToDictionary(a => a, _ => 100);
    }

    public int Free(string agent, long now) =>
        Agents[agent].MaxSlots * 100 - Seen.Values.Sum(c => Holders(c, now).GetValueOrDefault(agent));

    public bool Wants(Conversation c, long now) =>
        c is { WaitingSince: not null, Stage: Stage.Open } && Holders(c, now).Count < (HandedTo(c, now) is null ? Rules.Of(c.SkillId).OffersAtOnce : 1);

    /// <summary>Whether a ring of an agent may go on: he is there and has the skill, or it was handed to him.</summary>
    public bool MayRing(Conversation c, string agent, long now)
    {
        var rules = Agents[agent];
        if (c.Main.Suggested?.UserId == agent) return rules.Readiness >= Readiness.Transfers;
        var skill = Rules.Of(c.SkillId);
        var isLate = skill.FallbackSkillId is not null && c.WaitingSince + skill.FallbackAfter <= now;
        return rules.Readiness == Readiness.All && (PriorityFor(rules, c.SkillId) is not null || (isLate && PriorityFor(rules, skill.FallbackSkillId) is not null));
    }

    /// <summary>How good an agent is for a conversation, the lowest best; null when he must not have it.</summary>
    public (int Declined, int Pool, int Priority, int Free)? Fitness(Conversation c, string agent, long now)
    {
        var rules = Agents[agent];
        var skill = Rules.Of(c.SkillId);
        var handedTo = HandedTo(c, now);
        if (handedTo is not null && handedTo != agent) return null;
        if (rules.Readiness == Readiness.None || (rules.Readiness == Readiness.Transfers && handedTo is null)) return null;
        if (Holders(c, now).ContainsKey(agent) || Free(agent, now) < 100) return null;
        if (skill.MaxPerAgent is { } most && Seen.Values.Count(other => other.SkillId == c.SkillId && Holders(other, now).ContainsKey(agent)) >= most) return null;
        var declined = c.Rings.LastOrDefault(r => r.AgentId == agent && r.State is RingState.Rejected or RingState.Expired && r.OfferedTs >= c.WaitingSince);
        if (declined is not null && declined.EndedTs + Rules.RetryAfter > now) return null;
        var fallback = handedTo is null && skill.FallbackSkillId is not null && c.WaitingSince + skill.FallbackAfter <= now ? skill.FallbackSkillId : null;
        int? priority = handedTo is not null ? 0 : PriorityFor(rules, c.SkillId);
        var pool = priority is null ? 1 : 0;
        if (priority is null && fallback is not null) priority = PriorityFor(rules, fallback);
        return priority is { } p ? (declined is null ? 0 : 1, pool, p, -Free(agent, now)) : null;
    }

    public (int, int, int, int)? Best(Conversation c, long now) => Agents.Keys.Select(a => Fitness(c, a, now)).Where(f => f is not null).Min();

    /// <summary>Those that want somebody whom they could have, the first one first.</summary>
    public IEnumerable<Conversation> Servable(long now) =>
        Seen.Values.Where(c => Wants(c, now) && Best(c, now) is not null).OrderBy(c => QueueKey.Of(c, now));

    private bool IsIdle(Conversation c, long now) =>
        c.UnansweredSince is null && c.Main.LastPublicContent is { } last && last.Timestamp + Rules.IdleAfter <= now;

    private string? HandedTo(Conversation c, long now)
    {
        if (c.SuggestedSince is not { } since || now >= since + Rules.TransferFallback || c.Main.Suggested is not { UserId: var agent }) return null;
        return c.Rings.Any(r => r.AgentId == agent && r.OfferedTs >= since && r.State is RingState.Rejected or RingState.Expired) ? null : agent;
    }

    // Who has no skills takes everything, but after those who have it.
    private static int? PriorityFor(AgentRules rules, string? skill) =>
        skill is null ? 0 : rules.Skills.Count == 0 ? int.MaxValue : rules.Skills.TryGetValue(skill, out var priority) ? priority : null;
}
