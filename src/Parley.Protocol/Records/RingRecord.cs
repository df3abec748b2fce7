namespace Parley.Protocol.Records;

/// <summary>A ring of a routing task as one agent sees it (protocol 12.4).</summary>
public sealed record RingRecord
{
    public required string RingId { get; init; }

    /// <summary><c>WAITING</c>, <c>ACCEPTED</c>, <c>REJECTED</c>, <c>CANCELLED</c>, <c>EXPIRED</c> or <c>AUTO_ACCEPT</c>.</summary>
    public required string RingState { get; init; }

    public required string ConversationId { get; init; }
    public required string ConsumerId { get; init; }
    public required string SkillId { get; init; }
    public required string BrandId { get; init; }

    /// <summary>The rung agent.</summary>
    public required UserName Agent { get; init; }

    /// <summary>How long a ring lasts, milliseconds.</summary>
    public long RingExpiration { get; init; }

    /// <summary>When this one ends, epoch milliseconds.</summary>
    public long RingExpirationTs { get; init; }

    /// <summary>When the consumer's answer is due, epoch milliseconds: rings with smaller weight are more urgent.</summary>
    public long Weight { get; init; }
}
