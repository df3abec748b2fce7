using Parley.Conversations.Events;

namespace Parley.Conversations.Commands;

/// <summary>Publish a numbered event to a dialog (protocol 10.1).</summary>
/// <param name="Actor">Who publishes.</param>
/// <param name="DialogId">Where.</param>
/// <param name="Kind">Content, rich content or receipt.</param>
/// <param name="Audience">Who may see it.</param>
/// <param name="Body">The validated <c>event</c> member.</param>
public sealed record PublishMessage(Actor Actor, string DialogId, MessageKind Kind, Audience Audience, byte[] Body) : ConversationCommand
{
    /// <summary>The request's metadata array, or null.</summary>
    public byte[]? Metadata { get; init; }

    /// <summary>The request's encoded metadata, a JSON string, or null.</summary>
    public byte[]? EncodedMetadata { get; init; }

    /// <summary>The client's id for publishing once, or null.</summary>
    public string? EventId { get; init; }

    /// <summary>What is already stored under (dialog, actor, <see cref="EventId"/>), looked up by the caller; null when nothing is.</summary>
    public MessagePublished? Earlier { get; init; }

    /// <summary>The numbers a receipt names; empty for content.</summary>
    public IReadOnlyList<long> Receipts { get; init; } = [];

    /// <summary>Whether the receipt says READ.</summary>
    public bool IsRead { get; init; }
}
