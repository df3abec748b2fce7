namespace Parley.Protocol.Records;

/// <summary>A conversation as lists tell it, before a dialect gives it its shape (protocol 8.5).</summary>
public sealed record ConversationRecord
{
    public required string ConversationId { get; init; }
    public required string BrandId { get; init; }

    /// <summary>The skill, <c>-1</c> for none.</summary>
    public required string SkillId { get; init; }

    /// <summary>State of the MAIN dialog: <c>OPEN</c> or <c>CLOSE</c>.</summary>
    public required string State { get; init; }

    /// <summary>State of the whole conversation.</summary>
    public required string Stage { get; init; }

    public string? CloseReason { get; init; }
    public long StartTs { get; init; }
    public long? EndTs { get; init; }
    public long MetaDataLastUpdateTs { get; init; }

    /// <summary>The time of the last event of any kind.</summary>
    public long LastUpdateTime { get; init; }

    /// <summary>When an answer is due, epoch milliseconds; -1 when none is owed. Always a number (protocol 25.26).</summary>
    public long EffectiveTtr { get; init; }

    public bool FirstConversation { get; init; }
    public required string TtrType { get; init; }
    public int TtrSeconds { get; init; }

    /// <summary>Raw JSON object of the context, or null.</summary>
    public string? Context { get; init; }

    /// <summary>Raw JSON object of the opener's client properties, or null.</summary>
    public string? ClientProperties { get; init; }

    /// <summary>Raw JSON object of the campaign, or null.</summary>
    public string? CampaignInfo { get; init; }

    /// <summary>When an agent promised to answer, epoch milliseconds, or null.</summary>
    public long? ManualEttr { get; init; }

    /// <summary>Until when the contact centre is closed, or null.</summary>
    public (string Type, long TillWhen)? Delay { get; init; }

    /// <summary>The consumer's rating, or null.</summary>
    public CsatRecord? Csat { get; init; }

    /// <summary>Agents' notes as the client wrote them; shown to agents alone.</summary>
    public string? Note { get; init; }

    /// <summary>Raw JSON of the topic, or null; shown to agents alone.</summary>
    public string? Topic { get; init; }

    /// <summary>Dialogs in order of creation; MAIN first.</summary>
    public required IReadOnlyList<DialogRecord> Dialogs { get; init; }

    /// <summary>Unread visible content per participant of the MAIN dialog (brand sockets).</summary>
    public IReadOnlyList<(UserName User, int Count)> Unread { get; init; } = [];

    /// <summary>The last content event in the shape of a change, already encoded for the dialect and audience; null when there is none.</summary>
    public byte[]? LastContentEvent { get; init; }
}
