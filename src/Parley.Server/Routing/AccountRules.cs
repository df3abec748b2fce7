using Parley.Conversations.Routing;
using Parley.Server.Identity;

namespace Parley.Server.Routing;

/// <summary>What operators decided, as routing counts it.</summary>
internal static class AccountRules
{
    public static RoutingRules Of(AccountSettings settings, IEnumerable<Skill> skills) => new()
    {
        RingMilliseconds = settings.RingSeconds * 1000L,
        TransferFallback = settings.TransferFallbackSeconds * 1000L,
        RetryAfter = settings.AskAgainSeconds * 1000L,
        IdlePercent = settings.IdleSlotPercent,
        IdleAfter = settings.IdleMinutes * 60_000L,
        TellWaitingAfter = settings.WaitingMessage is null ? null : settings.WaitingMessageSeconds * 1000L,
        TellsEverybody = settings.AutomaticMessagesToAll,
        Skills = skills.ToDictionary(skill => skill.Id, Of),
    };

    public static AgentRules Of(AgentProfile agent, Readiness readiness) => new(
        agent.Nickname, readiness, agent.MaxSlots,
        agent.SkillIds.ToDictionary(id => id, id => agent.Details.SkillPriorities?.TryGetValue(id, out var priority) == true ? priority : 1));

    private static SkillRules Of(Skill skill) => new()
    {
        Name = skill.Name,
        RingAgents = skill.Settings.RingAgents,
        AutoAccept = skill.Settings.AutoAccept,
        RingMilliseconds = skill.Settings.RingSeconds * 1000L,
        WaitTarget = skill.Settings.WaitTargetSeconds * 1000L,
        FallbackSkillId = skill.Settings.FallbackSkillId,
        FallbackAfter = skill.Settings.FallbackSeconds * 1000L,
        MaxPerAgent = skill.Settings.MaxPerAgent,
    };
}
