namespace Parley.Conversations;

/// <summary>What an account decided that its conversations follow, as it counts at one moment.</summary>
public sealed record BrandRules
{
    /// <summary>Those of nobody: always open, silent, promising nothing.</summary>
    public static readonly BrandRules None = new();

    /// <summary>The time off that this moment is in; null during working hours.</summary>
    public Closure? Closure { get; init; }

    /// <summary>The response promises of skills that have none of their own.</summary>
    public Promises Promises { get; init; }

    /// <summary>The response promises of skills.</summary>
    public IReadOnlyDictionary<string, Promises> SkillPromises { get; init; } = new Dictionary<string, Promises>();

    /// <summary>What the server writes by itself.</summary>
    public IReadOnlyDictionary<AutoMessageKind, AutoMessage> AutoMessages { get; init; } = new Dictionary<AutoMessageKind, AutoMessage>();

    /// <summary>Whether consumers get that whose clients do not ask for it (protocol 6.5, <c>AUTO_MESSAGES</c>).</summary>
    public bool AutoMessagesToAll { get; init; }

    /// <summary>What conversations of a skill are promised, or of none (protocol 15.5).</summary>
    public Ttr Promise(TtrType type, string? skillId) =>
        new(type, (skillId is not null && SkillPromises.TryGetValue(skillId, out var own) ? own : Promises).Of(type));
}
