using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Conversations;
using Parley.Conversations.Events;

namespace Parley.Server.Ownership;

/// <summary>What a consumer may see of a colleague's receipt that names private events beside public ones (protocol 10.1).</summary>
internal static class PublicReceipts
{
    /// <summary>The receipt without the private numbers, or null when it has none.</summary>
    public static byte[]? Filter(Conversation conversation, MessagePublished message)
    {
        if (message.Kind != MessageKind.Receipt || message.OriginatorRole == Role.Consumer) return null;
        if (conversation.FindDialog(message.DialogId) is not { PrivateSequences: { Count: > 0 } hidden }) return null;
        var receipt = JsonNode.Parse(message.Body)!;
        if (receipt["sequenceList"] is not JsonArray numbers) return null;
        var visible = numbers.Where(n => !hidden.Contains(Number(n))).Select(n => n!.DeepClone()).ToArray();
        if (visible.Length == numbers.Count) return null;
        receipt["sequenceList"] = new JsonArray(visible);
        return JsonSerializer.SerializeToUtf8Bytes(receipt);
    }

    private static long Number(JsonNode? number) => number is JsonValue value && (value.TryGetValue(out long n) || long.TryParse(value.ToString(), out n)) ? n : -1;
}
