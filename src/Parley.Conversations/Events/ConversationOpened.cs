namespace Parley.Conversations.Events;

/// <summary>A conversation began (protocol 9.1). The raw JSON members are kept as they came.</summary>
public sealed record ConversationOpened : ConversationEvent
{
    /// <summary>The id, chosen by the server.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The consumer's public id.</summary>
    public required string ConsumerId { get; init; }

    /// <summary>The skill asked for, or null.</summary>
    public string? SkillId { get; init; }

    /// <summary>The response promise at the start.</summary>
    public Ttr Ttr { get; init; }

    /// <summary>Whether it is the consumer's first with this account.</summary>
    public bool FirstConversation { get; init; }

    /// <summary>The channel, usually <c>MESSAGING</c>.</summary>
    public string ChannelType { get; init; } = "MESSAGING";

    /// <summary>Raw JSON of <c>conversationContext</c>, or null.</summary>
    public string? Context { get; init; }

    /// <summary>Raw JSON of the opener's client properties, or null.</summary>
    public string? ClientProperties { get; init; }

    /// <summary>Whether the opener's client can follow several dialogs: only then a survey has one of its own (protocol 6.5).</summary>
    public bool MultiDialog { get; init; }

    /// <summary>Whether the opener's client wants the server's own messages (protocol 6.5).</summary>
    public bool AutoMessages { get; init; }

    /// <summary>Raw JSON of <c>campaignInfo</c>, or null.</summary>
    public string? CampaignInfo { get; init; }

    /// <summary>Raw JSON of the request's metadata, or null.</summary>
    public string? Metadata { get; init; }

    /// <summary>Hash of the opening request, to tell a repeat from another request under the same event id.</summary>
    public ulong BodyHash { get; init; }
}
