using Parley.Conversations;

namespace Parley.Server.Identity;

/// <summary>
/// How conversations of a skill are given to agents; a member absent from the stored JSON takes its default (which is why members
/// are settable: generated readers give an init-only member the default of its type).
/// </summary>
public sealed record SkillSettings
{
    public static readonly SkillSettings Default = new();

    /// <summary>What it is for, for people to read.</summary>
    public string? Description { get; set; }

    /// <summary>How many agents are rung at once; the first who accepts has the conversation.</summary>
    public int RingAgents { get; set; } = 1;

    /// <summary>Whether the best agent has it without being asked (protocol 12.6).</summary>
    public bool AutoAccept { get; set; }

    /// <summary>How long a ring waits, seconds; null for the account's.</summary>
    public int? RingSeconds { get; set; }

    /// <summary>Within how many seconds a conversation should have an agent.</summary>
    public int WaitTargetSeconds { get; set; } = 120;

    /// <summary>The skill whose agents may have it too when nobody took it in time; null for none.</summary>
    public string? FallbackSkillId { get; set; }

    /// <summary>How long it waits for agents of its own skill alone, seconds.</summary>
    public int FallbackSeconds { get; set; } = 120;

    /// <summary>How many of its conversations one agent has at most, rings included; null for as many as he has slots.</summary>
    public int? MaxPerAgent { get; set; }

    /// <summary>Response promises of its conversations, seconds, where they differ from the account's (protocol 15.5).</summary>
    public int? TtrNormalSeconds { get; set; }

    public int? TtrPrioritizedSeconds { get; set; }
    public int? TtrUrgentSeconds { get; set; }

    /// <summary>After so many minutes of a consumer's silence its conversations are closed (protocol 15.4); null for the account's.</summary>
    public int? AutoCloseMinutes { get; set; }

    /// <summary>What its conversations are promised.</summary>
    internal Promises PromisesOr(Promises account) => new(
        TtrNormalSeconds ?? account.Normal, TtrPrioritizedSeconds ?? account.Prioritized, TtrUrgentSeconds ?? account.Urgent);
}
