namespace Parley.Conversations.Events;

/// <summary>A numbered event of a dialog: content, rich content or a receipt (protocol 10).</summary>
public sealed record MessagePublished : ConversationEvent
{
    /// <summary>The dialog it belongs to.</summary>
    public required string DialogId { get; init; }

    /// <summary>Its number in the dialog, from 0.</summary>
    public long Sequence { get; init; }

    /// <summary>The publisher's public id.</summary>
    public required string OriginatorId { get; init; }

    /// <summary>The publisher's role at that moment.</summary>
    public Role OriginatorRole { get; init; }

    /// <summary>Who may see it.</summary>
    public Audience Audience { get; init; }

    /// <summary>Content, rich content or receipt.</summary>
    public MessageKind Kind { get; init; }

    /// <summary>The <c>event</c> member as it came: validated UTF-8 JSON, forwarded untouched.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The request's <c>metadata</c> array as it came, or null.</summary>
    public byte[]? Metadata { get; init; }

    /// <summary>The request's <c>encodedMetadata</c> as it came, a JSON string, or null.</summary>
    public byte[]? EncodedMetadata { get; init; }

    /// <summary>The id chosen by the client for publishing once, or null.</summary>
    public string? EventId { get; init; }

    /// <summary>For a READ receipt the highest number it names; -1 otherwise.</summary>
    public long ReadThrough { get; init; } = -1;
}
