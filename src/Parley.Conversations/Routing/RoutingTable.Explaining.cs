using System.Globalization;

namespace Parley.Conversations.Routing;

public sealed partial class RoutingTable
{
    /// <summary>Waiting conversations in the order in which they find an agent.</summary>
    public IEnumerable<QueuePlace> Queue(long now)
    {
        Dictionary<string, int> positions = [];
        foreach (var (routed, key) in _conversations.Values.Where(r => r.IsWaiting).Select(r => (r, QueueKey.Of(r.Conversation, now))).OrderBy(x => x.Item2))
        {
            var skill = routed.Conversation.SkillId ?? "";
            var position = positions[skill] = positions.GetValueOrDefault(skill) + 1;
            yield return new QueuePlace(routed.Conversation, position, key, PaceOf(skill).WaitAt(position), [.. routed.Holds.Select(h => h.Agent.Id)])
            {
                HandedTo = routed.HandedTo(now, _rules.TransferFallback),
            };
        }
    }

    /// <summary>Every conversation that is open as far as is known.</summary>
    public IEnumerable<Conversation> Conversations => _conversations.Values.Select(routed => routed.Conversation);

    /// <summary>A conversation as it was last seen; null when it is not open.</summary>
    public Conversation? Find(string conversationId) => _conversations.GetValueOrDefault(conversationId)?.Conversation;

    /// <summary>Whether an open conversation has this skill.</summary>
    public bool HasOpen(string skillId) => _conversations.Values.Any(routed => routed.Conversation.SkillId == skillId);

    /// <summary>Where one conversation stands; null when it does not wait.</summary>
    public QueuePlace? PlaceOf(string conversationId, long now)
    {
        if (!_conversations.TryGetValue(conversationId, out var routed) || !routed.IsWaiting) return null;
        var key = QueueKey.Of(routed.Conversation, now);
        var position = 1 + _conversations.Values.Count(r =>
            r.IsWaiting && r.Conversation.SkillId == routed.Conversation.SkillId && QueueKey.Of(r.Conversation, now).CompareTo(key) < 0);
        return new QueuePlace(routed.Conversation, position, key, PaceOf(routed.Conversation.SkillId).WaitAt(position), [.. routed.Holds.Select(h => h.Agent.Id)])
        {
            HandedTo = routed.HandedTo(now, _rules.TransferFallback),
        };
    }

    /// <summary>All agents routing was told of.</summary>
    public IEnumerable<AgentView> Agents => _agents.Values.Select(a => new AgentView(a.Id, a.Rules, (decimal)a.Used / AgentLoad.Slot, a.Ringing.Count));

    /// <summary>Why each agent who could have a waiting conversation has it not.</summary>
    public IEnumerable<AgentVerdict> Verdicts(string conversationId, long now)
    {
        if (!_conversations.TryGetValue(conversationId, out var routed) || !routed.IsWaiting) yield break;
        foreach (var agent in _agents.Values)
        {
            if (VerdictOf(agent, routed, now) is { } verdict) yield return new AgentVerdict(agent.Id, agent.Rules.Name, verdict);
        }
    }

    private string? VerdictOf(AgentLoad agent, RoutedConversation routed, long now)
    {
        var skill = routed.Conversation.SkillId;
        var handedTo = routed.HandedTo(now, _rules.TransferFallback);
        if (handedTo is not null && handedTo != agent.Id) return null;
        if (handedTo is null && !MayTake(agent, routed.Conversation, now)) return null;
        return routed.IsHeldBy(agent) ? "is being rung"
            : agent.Rules.Readiness == Readiness.None ? "is not there"
            : agent.Rules.Readiness == Readiness.Transfers && handedTo is null ? "takes transfers only"
            : agent.Free < AgentLoad.Slot ? string.Create(CultureInfo.InvariantCulture, $"has no free slot ({Slots(agent.Used)} of {agent.Rules.MaxSlots} taken)")
            : !agent.HasRoomFor(skill, _rules) ? string.Create(CultureInfo.InvariantCulture, $"has {agent.CountOf(skill!)} conversations of this skill already")
            : routed.DeclinedUntil(agent.Id, _rules.RetryAfter) is { } until && until > now
                ? string.Create(CultureInfo.InvariantCulture, $"declined; is asked again in {Seconds(until - now)}")
            : "is free";
    }

    private bool MayTake(AgentLoad agent, Conversation conversation, long now) =>
        MayTake(agent, conversation.SkillId) || (FallbackAt(conversation) <= now && MayTake(agent, _rules.Of(conversation.SkillId).FallbackSkillId));

    private static bool MayTake(AgentLoad agent, string? skillId) =>
        skillId is null || agent.Rules.Skills.Count == 0 || agent.Rules.Skills.ContainsKey(skillId);

    // Short, and kept with the ring: what was true when it was decided.
    private string Reason(RoutedConversation routed, Seat seat, long now)
    {
        var place = routed.Place;
        var waited = Seconds(now - place.Since);
        var urgency = place.Class == UrgencyClass.Overdue ? $"overdue by {Seconds(now - place.Due)}" : $"{place.Class.ToString().ToLowerInvariant()}, due in {Seconds(place.Due - now)}";
        var first = place.HasNotReturned ? "" : "came back from an agent who left; ";
        var ahead = string.Create(CultureInfo.InvariantCulture, $"first of {seat.Pool.Waiting}");
        if (seat.Pool == seat.Agent.Handed) return $"{first}handed to {seat.Agent.Rules.Name}; waited {waited} ({urgency}), {ahead} for him";
        var free = string.Create(CultureInfo.InvariantCulture, $"{Slots(seat.Free)} of {seat.Agent.Rules.MaxSlots} slots free");
        var priority = seat.Priority is 0 or int.MaxValue ? "" : string.Create(CultureInfo.InvariantCulture, $"priority {seat.Priority}, ");
        var again = routed.DeclinedUntil(seat.Agent.Id, _rules.RetryAfter) is null ? "" : "; declined before, but there is nobody else";
        var fallback = seat.Pool == routed.Pools[0] ? "" : $" (nobody of {NameOf(routed.Conversation.SkillId!)} took it)";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{first}{ahead} waiting for {seat.Pool.Name}{fallback}, {urgency}, waited {waited}; {seat.Agent.Rules.Name} is the best of {seat.Pool.Seats.Count} free: {priority}{free}{again}");
    }

    private static string Slots(int hundredths) => (hundredths / (decimal)AgentLoad.Slot).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Seconds(long milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000} s");
}
