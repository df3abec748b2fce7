namespace Parley.Protocol.Records;

/// <summary>One event of a dialog as both dialects tell it (protocol 10.5).</summary>
public readonly ref struct MessageRecord
{
    /// <summary>Its number; null for a chat state, which has neither number nor time.</summary>
    public long? Sequence { get; init; }

    /// <summary>When the server took it, epoch milliseconds.</summary>
    public long ServerTimestamp { get; init; }

    public required string DialogId { get; init; }
    public required string ConversationId { get; init; }
    public required UserName Originator { get; init; }

    /// <summary>The originator's role as on the wire.</summary>
    public required string OriginatorRole { get; init; }

    /// <summary>Raw JSON object of the originator's client properties, or null.</summary>
    public string? ClientProperties { get; init; }

    /// <summary>The event as it was published.</summary>
    public required ReadOnlySpan<byte> Event { get; init; }

    /// <summary>The raw metadata array, or empty.</summary>
    public ReadOnlySpan<byte> Metadata { get; init; }

    /// <summary>The raw JSON string of the encoded metadata, or empty.</summary>
    public ReadOnlySpan<byte> EncodedMetadata { get; init; }

    public bool IsPrivate { get; init; }
    public string? EventId { get; init; }
}
