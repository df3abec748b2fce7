using System.Text.Json;

namespace Parley.Client;

/// <summary>One event of a dialog: a message, a receipt, a chat state (protocol 10.5). The same for both generations of the protocol.</summary>
public sealed record MessageEvent
{
    private MessageEvent() { }

    /// <summary>The dialog.</summary>
    public required string DialogId { get; init; }

    /// <summary>The conversation, when the server names it.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The number in the dialog, from 0; null for a chat state. A consumer sees holes where private events are.</summary>
    public long? Sequence { get; init; }

    /// <summary>What it is.</summary>
    public MessageEventKind Kind { get; init; }

    /// <summary>Who sent it: a consumer's id or an agent's public id.</summary>
    public string OriginatorId { get; init; } = "";

    /// <summary>The sender's role, for example <c>CONSUMER</c> or <c>ASSIGNED_AGENT</c>; null when the server does not say.</summary>
    public string? OriginatorRole { get; init; }

    /// <summary>When the server stored it; null for a chat state.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The text of a <c>text/plain</c> message; null for everything else.</summary>
    public string? Text { get; init; }

    /// <summary>The state of a <see cref="MessageEventKind.ChatState"/>, for example <c>COMPOSING</c>.</summary>
    public string? ChatState { get; init; }

    /// <summary>The status of a <see cref="MessageEventKind.Receipt"/>, for example <c>ACCEPT</c> or <c>READ</c>.</summary>
    public string? ReceiptStatus { get; init; }

    /// <summary>The numbers a <see cref="MessageEventKind.Receipt"/> names.</summary>
    public IReadOnlyList<long> ReceiptFor { get; init; } = [];

    /// <summary>Whether only agents and managers may see it.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>The publisher's own id of the event, if he chose one.</summary>
    public string? EventId { get; init; }

    /// <summary>The whole event as received.</summary>
    public JsonElement Raw { get; init; }

    internal static MessageEvent Read(JsonElement change)
    {
        JsonElement content = change.Member("event");
        MessageEventKind kind = content.Text("type") switch
        {
            "ContentEvent" => MessageEventKind.Content,
            "RichContentEvent" => MessageEventKind.RichContent,
            "AcceptStatusEvent" => MessageEventKind.Receipt,
            "ChatStateEvent" => MessageEventKind.ChatState,
            _ => MessageEventKind.Unknown,
        };
        return new()
        {
            DialogId = change.Text("dialogId") ?? "",
            ConversationId = change.Text("conversationId"),
            Sequence = kind == MessageEventKind.ChatState ? null : change.Number("sequence"),
            Kind = kind,
            OriginatorId = change.Text("originatorPId") ?? change.Text("originatorId") ?? "",
            OriginatorRole = change.Member("originatorMetadata").Text("role"),
            Time = change.Time("serverTimestamp"),
            Text = kind == MessageEventKind.Content && content.Text("contentType") is "text/plain" or null ? content.Text("message") : null,
            ChatState = content.Text("chatState"),
            ReceiptStatus = content.Text("status"),
            ReceiptFor = [.. content.Member("sequenceList").Items().Where(n => n.ValueKind == JsonValueKind.Number).Select(n => n.GetInt64())],
            IsPrivate = change.Text("messageAudience") == "AGENTS_AND_MANAGERS",
            EventId = change.Text("eventId"),
            Raw = change,
        };
    }
}
