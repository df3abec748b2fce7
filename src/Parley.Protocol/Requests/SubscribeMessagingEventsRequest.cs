namespace Parley.Protocol.Requests;

/// <summary>A subscription to the events of a dialog (protocol 10.6).</summary>
public readonly record struct SubscribeMessagingEventsRequest(string DialogId, long FromSequence)
{
    /// <summary>Reads a body; a refusal says which member is wrong.</summary>
    public static bool TryRead(BodyMembers body, out SubscribeMessagingEventsRequest request, out string error)
    {
        request = new(body.Required("dialogId"), Math.Max(0, body.Integer("fromSeq") ?? 0));
        error = body.Fault ?? "";
        return error.Length == 0;
    }
}
