namespace Parley.Protocol.Records;

/// <summary>A dialog inside a <see cref="ConversationRecord"/> (protocol 8.5.3).</summary>
public sealed record DialogRecord
{
    public required string DialogId { get; init; }
    public required string DialogType { get; init; }
    public required string ChannelType { get; init; }
    public required string State { get; init; }
    public long CreationTs { get; init; }
    public long? EndTs { get; init; }
    public long MetaDataLastUpdateTs { get; init; }
    public string? ClosedBy { get; init; }
    public string? ClosedCause { get; init; }

    /// <summary>Raw JSON object, or null.</summary>
    public string? MetaData { get; init; }

    /// <summary>In the order of joining: v2 clients match participants with the role maps by position.</summary>
    public required IReadOnlyList<ParticipantRecord> Participants { get; init; }
}
