namespace Parley.Conversations.Routing;

/// <summary>How conversations of one skill are given to agents.</summary>
public sealed record SkillRules
{
    /// <summary>What a skill has that says nothing.</summary>
    public static readonly SkillRules Default = new();

    /// <summary>How it is called where people read it; null for its id.</summary>
    public string? Name { get; init; }

    /// <summary>How many agents are rung at once; the first who accepts has it.</summary>
    public int RingAgents { get; init; } = 1;

    /// <summary>Whether the chosen agent has the conversation without being asked.</summary>
    public bool AutoAccept { get; init; }

    /// <summary>To how many agents it is offered at once.</summary>
    public int OffersAtOnce => AutoAccept ? 1 : RingAgents;

    /// <summary>How long a ring waits, milliseconds; null for the account's.</summary>
    public long? RingMilliseconds { get; init; }

    /// <summary>Within how many milliseconds a conversation should have an agent; null for no promise.</summary>
    public long? WaitTarget { get; init; }

    /// <summary>The skill whose agents may have it too once nobody took it for <see cref="FallbackAfter"/>; null for none.</summary>
    public string? FallbackSkillId { get; init; }

    /// <summary>How long it waits for agents of its own skill alone, milliseconds.</summary>
    public long FallbackAfter { get; init; } = 120_000;

    /// <summary>How many conversations of this skill one agent has at most, rings included; null for as many as he has slots.</summary>
    public int? MaxPerAgent { get; init; }
}
