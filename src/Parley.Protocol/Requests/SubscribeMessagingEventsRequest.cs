using System.Text.Json;

namespace Parley.Protocol.Requests;

/// <summary>A subscription to the events of a dialog (protocol 10.6).</summary>
public readonly record struct SubscribeMessagingEventsRequest(string DialogId, long FromSequence)
{
    /// <summary>Reads a body; a refusal says which member is wrong.</summary>
    public static bool TryRead(JsonElement body, out SubscribeMessagingEventsRequest request, out string error)
    {
        var dialogId = body.Member("dialogId").Text();
        var from = body.Member("fromSeq");
        request = new(dialogId ?? "", Math.Max(0, from.Integer() ?? 0));
        error = string.IsNullOrEmpty(dialogId) ? "dialogId is missing" : "fromSeq must be an integer";
        return !string.IsNullOrEmpty(dialogId) && (from.ValueKind == JsonValueKind.Undefined || from.Integer() is not null);
    }
}
