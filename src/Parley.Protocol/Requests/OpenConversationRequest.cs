using System.Text.Json;

namespace Parley.Protocol.Requests;

/// <summary>A consumer's request for a conversation (protocol 9.1); the body may be missing entirely.</summary>
public sealed record OpenConversationRequest
{
    public string? TtrDefName { get; init; }
    public string? ChannelType { get; init; }
    public string? BrandId { get; init; }

    /// <summary>The skill asked for; null when absent or <c>-1</c>.</summary>
    public string? SkillId { get; init; }

    /// <summary>Raw JSON of the campaign, kept as it came.</summary>
    public string? CampaignInfo { get; init; }

    /// <summary>Raw JSON of the context, kept as it came.</summary>
    public string? Context { get; init; }

    /// <summary>The client's id for opening once, or null.</summary>
    public string? EventId { get; init; }

    /// <summary>Reads a body; a refusal says which member is wrong.</summary>
    public static bool TryRead(JsonElement body, out OpenConversationRequest request, out string error)
    {
        request = new()
        {
            TtrDefName = body.Member("ttrDefName").Text(),
            ChannelType = body.Member("channelType").Text(),
            BrandId = body.Member("brandId").Text(),
            SkillId = body.Member("skillId").Text() is { Length: > 0 and <= 64 } skill and not "-1" ? skill : null,
            CampaignInfo = body.Member("campaignInfo").RawObject(),
            Context = body.Member("conversationContext").RawObject(),
            EventId = body.Member("eventId").Text(),
        };
        error = body.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Object) ? "body must be an object"
            : request.EventId is { Length: 0 or > PublishEventRequest.LongestEventId } ? "eventId must have 1 to 64 characters"
            : request.ChannelType is { Length: > 64 } ? "channelType is longer than 64 characters"
            : "";
        return error.Length == 0;
    }
}
