using System.Text.Json;

namespace Parley.Client;

/// <summary>A conversation's record (protocol 8.5), read from either generation's shape.</summary>
public sealed record Conversation
{
    private Conversation() { }

    /// <summary>The id, which is also that of the main dialog.</summary>
    public required string Id { get; init; }

    /// <summary>Whether the main dialog is open.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether any part of it, a survey for example, is still open.</summary>
    public bool IsStageOpen { get; init; }

    /// <summary>Who closed it: <c>AGENT</c>, <c>CONSUMER</c>, <c>SYSTEM</c> or <c>TIMEOUT</c>; null while it is open.</summary>
    public string? CloseReason { get; init; }

    /// <summary>The skill; null when it has none.</summary>
    public string? SkillId { get; init; }

    /// <summary>Who takes part.</summary>
    public IReadOnlyList<ConversationParticipant> Participants { get; init; } = [];

    /// <summary>Its dialogs, the main one first.</summary>
    public IReadOnlyList<ConversationDialog> Dialogs { get; init; } = [];

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its metadata changed last; of two records the one with the later time is newer.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When an answer is due; null when none is owed.</summary>
    public DateTimeOffset? AnswerDue { get; init; }

    /// <summary>The record as received: <c>{convId, effectiveTTR, conversationDetails, ...}</c>.</summary>
    public JsonElement Raw { get; init; }

    /// <summary>The consumer's id.</summary>
    public string? ConsumerId => Participants.FirstOrDefault(p => p.Role == "CONSUMER")?.Id;

    /// <summary>The public id of the agent it is assigned to, or null.</summary>
    public string? AssignedAgentId => Participants.FirstOrDefault(p => p.Role == "ASSIGNED_AGENT")?.Id;

    internal static Conversation Read(JsonElement result)
    {
        JsonElement details = result.Member("conversationDetails");
        bool open = details.Text("state") != "CLOSE";
        return new()
        {
            Id = result.Text("convId") ?? details.Text("convId") ?? "",
            IsOpen = open,
            IsStageOpen = details.Text("stage") is { } stage ? stage != "CLOSE" : open,
            CloseReason = details.Text("closeReason"),
            SkillId = details.Text("skillId") is { } skill and not "-1" ? skill : null,
            Participants = [.. ReadParticipants(details)],
            Dialogs = [.. details.Member("dialogs").Items().Select(d => new ConversationDialog(d.Text("dialogId") ?? "", d.Text("dialogType") ?? "", d.Text("state") != "CLOSE"))],
            StartedAt = details.Time("startTs"),
            UpdatedAt = details.Time("metaDataLastUpdateTs") ?? result.Time("lastUpdateTime"),
            AnswerDue = result.Time("effectiveTTR"),
            Raw = result,
        };
    }

    /// <summary>v3 has a list of id and role; v2 a map from role to ids, of which the one with public ids is read.</summary>
    private static IEnumerable<ConversationParticipant> ReadParticipants(JsonElement details)
    {
        JsonElement participants = details.Member("participants");
        if (participants.ValueKind == JsonValueKind.Array)
            return participants.EnumerateArray().Select(p => new ConversationParticipant(p.Text("id") ?? "", p.Text("role") ?? ""));
        JsonElement byRole = details.Member("participantsPId") is { ValueKind: JsonValueKind.Object } publicIds ? publicIds : participants;
        return byRole.ValueKind != JsonValueKind.Object ? []
            : byRole.EnumerateObject().SelectMany(role => role.Value.Items().Select(id => new ConversationParticipant(id.GetString() ?? "", role.Name)));
    }
}
