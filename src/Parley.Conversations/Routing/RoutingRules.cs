namespace Parley.Conversations.Routing;

/// <summary>How conversations of one account are given to agents.</summary>
public sealed record RoutingRules
{
    public static readonly RoutingRules Default = new();

    /// <summary>The account's skills by id.</summary>
    public IReadOnlyDictionary<string, SkillRules> Skills { get; init; } = new Dictionary<string, SkillRules>();

    /// <summary>How long a ring waits for its agent, milliseconds (protocol 12.4).</summary>
    public long RingMilliseconds { get; init; } = 72_000;

    /// <summary>How long a conversation waits for the agent it was handed to before anybody may have it, milliseconds (protocol 12.6).</summary>
    public long TransferFallback { get; init; } = 120_000;

    /// <summary>How long an agent who declined a conversation is not offered it again, milliseconds, if nobody else can take it.</summary>
    public long RetryAfter { get; init; } = 10_000;

    /// <summary>What an idle conversation takes of a slot, percent: one whose agent answered and whose consumer is silent.</summary>
    public int IdlePercent { get; init; } = 100;

    /// <summary>How long the consumer has been silent when a conversation becomes idle, milliseconds.</summary>
    public long IdleAfter { get; init; } = 600_000;

    /// <summary>The rules of a skill, or of none.</summary>
    public SkillRules Of(string? skillId) => skillId is not null && Skills.TryGetValue(skillId, out var rules) ? rules : SkillRules.Default;
}
