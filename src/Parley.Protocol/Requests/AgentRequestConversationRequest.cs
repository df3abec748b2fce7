namespace Parley.Protocol.Requests;

/// <summary>An agent's request for a conversation with a known consumer (protocol 9.2).</summary>
/// <param name="ConsumerId">With whom.</param>
/// <param name="Opening">What consumers may say too.</param>
public sealed record AgentRequestConversationRequest(string ConsumerId, OpenConversationRequest Opening)
{
    /// <summary>Reads a body; a refusal says which member is wrong.</summary>
    public static bool TryRead(BodyMembers body, out AgentRequestConversationRequest request, out string error)
    {
        var consumerId = body.Required("consumerId");
        var isValid = OpenConversationRequest.TryRead(body, out var opening, out error);
        request = new(consumerId, opening);
        return isValid;
    }
}
