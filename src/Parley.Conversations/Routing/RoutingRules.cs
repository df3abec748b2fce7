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

    /// <summary>How long a conversation has waited when its consumer is told so, milliseconds; null for never (protocol 15.9).</summary>
    public long? TellWaitingAfter { get; init; }

    /// <summary>Whether consumers are told whose clients do not ask for it.</summary>
    public bool TellsEverybody { get; init; }

    /// <summary>Whether the consumer of a conversation is to be told that he has to wait.</summary>
    public bool TellsOfWaiting(Conversation conversation) => TellWaitingAfter is not null && (TellsEverybody || conversation.Origin.AutoMessages);

    /// <summary>The rules of a skill, or of none.</summary>
    public SkillRules Of(string? skillId) => skillId is not null && Skills.TryGetValue(skillId, out var rules) ? rules : SkillRules.Default;
}
