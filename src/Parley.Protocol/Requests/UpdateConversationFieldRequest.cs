using System.Text.Json;

namespace Parley.Protocol.Requests;

/// <summary>A change of a conversation's fields (protocol 9.3): one field or several, carried out together or not at all.</summary>
/// <param name="ConversationId">Which conversation.</param>
/// <param name="EventId">The client's id for doing it once, or null.</param>
/// <param name="Fields">Objects that each name their <c>field</c>.</param>
public sealed record UpdateConversationFieldRequest(string ConversationId, string? EventId, IReadOnlyList<JsonElement> Fields)
{
    /// <summary>More changes in one request make no sense.</summary>
    public const int MostFields = 32;

    /// <summary>Reads a body; a refusal says which member is wrong.</summary>
    public static bool TryRead(JsonElement body, out UpdateConversationFieldRequest request, out string error)
    {
        var members = new BodyMembers(body);
        request = new(members.Required("conversationId"), members.Text("eventId"), [.. body.Member("conversationField").Items()]);
        error = members.Fault is { } fault ? fault
            : request.EventId is { Length: 0 or > PublishEventRequest.LongestEventId } ? "eventId must have 1 to 64 characters"
            : request.Fields.Count == 0 ? "conversationField is missing"
            : request.Fields.Count > MostFields ? "conversationField has more than 32 elements"
            : request.Fields.Any(f => f.Member("field").ValueKind != JsonValueKind.String) ? "conversationField.field is missing"
            : "";
        return error.Length == 0;
    }
}
