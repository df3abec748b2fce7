using System.Text.Json;

namespace Parley.Protocol.Requests;

/// <summary>An agent's request for a conversation with a known consumer (protocol 9.2).</summary>
/// <param name="ConsumerId">With whom.</param>
/// <param name="Opening">What consumers may say too.</param>
public sealed record AgentRequestConversationRequest(string ConsumerId, OpenConversationRequest Opening)
{
    /// <summary>Reads a body; a refusal says which member is wrong.</summary>
    public static bool TryRead(JsonElement body, out AgentRequestConversationRequest request, out string error)
    {
        var isValid = OpenConversationRequest.TryRead(body, out var opening, out error);
        request = new(body.Member("consumerId").Text() ?? "", opening);
        if (isValid && request.ConsumerId.Length == 0) error = "consumerId is missing";
        return error.Length == 0;
    }
}
