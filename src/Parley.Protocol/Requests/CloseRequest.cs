using System.Text.Json;

namespace Parley.Protocol.Requests;

/// <summary>The closing forms of UpdateConversationField (protocol 9.3, 9.6, 15.3).</summary>
/// <param name="ConversationId">Which conversation.</param>
/// <param name="Cause">Free text of a DialogChange, or null.</param>
/// <param name="EventId">The client's id for doing it once, or null.</param>
public sealed record CloseRequest(string ConversationId, string? Cause, string? EventId)
{
    /// <summary>Reads a body whose fields (one or several, single or in an array) close the conversation.</summary>
    public static bool TryRead(JsonElement body, out CloseRequest request, out string error)
    {
        var id = body.Member("conversationId").Text() ?? "";
        var cause = default(string);
        var closes = false;
        error = id.Length == 0 ? "conversationId is missing" : "";
        foreach (var field in body.Member("conversationField").Items())
        {
            var name = field.Member("field").Text();
            var state = name == "DialogChange" ? field.Member("dialog").Member("state").Text() : field.Member("conversationState").Text();
            if (name is not ("ConversationStateField" or "Stage" or "DialogChange"))
                error = name is null ? "conversationField.field is missing" : $"conversationField {Shortened(name)} is not supported";
            else if (state != "CLOSE") error = "Only the state CLOSE can be set";
            if (name == "DialogChange") cause = field.Member("dialog").Member("closedCause").Text() ?? cause;
            closes = true;
        }

        if (!closes && error.Length == 0) error = "conversationField is missing";
        var eventId = body.Member("eventId").Text();
        if (eventId is { Length: 0 or > PublishEventRequest.LongestEventId }) error = "eventId must have 1 to 64 characters";
        request = new(id, cause, eventId);
        return error.Length == 0;
    }

    private static string Shortened(string name) => name.Length > 40 ? name[..40] : name;
}
