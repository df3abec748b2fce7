using Parley.Conversations;
using Parley.Conversations.Events;
using Parley.Protocol.Requests;

namespace Parley.Server.Ownership;

/// <summary>What a consumer may see of a colleague's receipt that names private events beside public ones (protocol 10.1).</summary>
internal static class PublicReceipts
{
    /// <summary>The receipt without the private numbers, or null when it has none.</summary>
    public static byte[]? Filter(Conversation conversation, MessagePublished message)
    {
        if (message.Kind != MessageKind.Receipt || message.OriginatorRole == Role.Consumer) return null;
        if (conversation.FindDialog(message.DialogId) is not { PrivateSequences: { Count: > 0 } hidden }) return null;
        var numbers = ReceiptEvent.Sequences(message.Body).ToArray();
        var visible = Array.FindAll(numbers, n => !hidden.Contains(n));
        return visible.Length == numbers.Length ? null : ReceiptEvent.WithSequences(message.Body, visible);
    }
}
