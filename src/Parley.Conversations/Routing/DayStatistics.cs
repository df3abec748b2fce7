namespace Parley.Conversations.Routing;

/// <summary>
/// What happened in an account today, by the hour, by skill and by agent: derived from what conversations say of themselves, so that
/// walking them after a restart gives the same figures as having watched.
/// </summary>
/// <param name="start">When the day began, epoch milliseconds.</param>
/// <param name="end">When it ends; what happens then or later is not counted.</param>
public sealed class DayStatistics(long start, long end)
{
    private const long Hour = 3_600_000;

    private readonly Dictionary<string, Tally> _bySkill = [];
    private readonly Dictionary<string, Tally> _byAgent = [];
    private Dictionary<string, Conversation?>? _before = [];

    public long Start => start;
    public long End => end;

    /// <summary>Whether what happened before it was begun is counted too.</summary>
    public bool IsComplete => _before is null;

    /// <summary>By hours since <see cref="Start"/>: 24, or 23 or 25 where clocks are put forward or back.</summary>
    public IReadOnlyList<Tally> Hours { get; } = [.. Enumerable.Range(0, (int)((end - start + Hour - 1) / Hour)).Select(_ => new Tally())];

    public Tally Total { get; } = new();

    /// <summary>By skill; the empty id for none.</summary>
    public IReadOnlyDictionary<string, Tally> BySkill => _bySkill;

    /// <summary>By agent's public id: what he was rung for, took, answered first and closed.</summary>
    public IReadOnlyDictionary<string, Tally> ByAgent => _byAgent;

    /// <summary>A conversation went from one state to another.</summary>
    public void Observe(Conversation? before, Conversation after, RoutingRules rules)
    {
        _before?.TryAdd(after.Id, before);
        Count(before, after, rules);
    }

    /// <summary>
    /// What had happened before the first <see cref="Observe"/>, from every conversation that changed since <see cref="Start"/>, in a
    /// state of then or of any time since.
    /// </summary>
    public void Complete(IEnumerable<Conversation> conversations, RoutingRules rules)
    {
        if (_before is not { } watched) return;
        foreach (var conversation in conversations)
        {
            if ((watched.TryGetValue(conversation.Id, out var before) ? before : conversation) is { } then) Count(null, then, rules);
        }

        _before = null;
    }

    private void Count(Conversation? before, Conversation after, RoutingRules rules)
    {
        var began = after.Origin.Timestamp;
        if (before is null && At(began) is { } opened) For(opened, after, null, t => t.Open());
        if (before?.FirstAssignedTs is null && after.FirstAssignedTs is { } assigned && At(assigned) is { } assignedAt)
            For(assignedAt, after, after.LastAgentId, t => t.Assign(assigned - began, !(assigned - began > rules.Of(after.SkillId).WaitTarget)));
        if (before?.FirstAnswerTs is null && after.FirstAnswerTs is { } answered && At(answered) is { } answeredAt)
            For(answeredAt, after, after.LastAgentId, t => t.Answer(answered - began, answered - began <= after.Ttr.Seconds * 1000L));
        if (before?.EndTs is null && after.EndTs is { } ended && At(ended) is { } endedAt)
            For(endedAt, after, after.LastAgentId, t => t.Close(after.FirstAssignedTs is null));
        foreach (var ring in after.Rings)
        {
            var known = before?.Rings.FirstOrDefault(r => r.Id == ring.Id);
            if (known is null && At(ring.OfferedTs) is { } offered) For(offered, after, ring.AgentId, t => t.Offer());
            if (known?.EndedTs is null && ring.EndedTs is { } over && At(over) is { } overAt) For(overAt, after, ring.AgentId, t => t.End(ring.State));
        }
    }

    private Tally? At(long timestamp) => timestamp >= start && timestamp < end ? Hours[(int)((timestamp - start) / Hour)] : null;

    private void For(Tally hour, Conversation conversation, string? agentId, Action<Tally> count)
    {
        count(hour);
        count(Total);
        count(Of(_bySkill, conversation.SkillId ?? ""));
        if (agentId is not null) count(Of(_byAgent, agentId));
    }

    private static Tally Of(Dictionary<string, Tally> tallies, string id) =>
        tallies.TryGetValue(id, out var tally) ? tally : tallies[id] = new Tally();
}
