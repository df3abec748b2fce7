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

    private const int Longest = 64;

    /// <summary>Reads a body; a refusal says which member is wrong.</summary>
    public static bool TryRead(BodyMembers body, out OpenConversationRequest request, out string error)
    {
        request = new()
        {
            TtrDefName = body.Text("ttrDefName"),
            ChannelType = body.Text("channelType"),
            BrandId = body.Text("brandId"),
            SkillId = body.Text("skillId") is { Length: > 0 } skill and not "-1" ? skill : null,
            CampaignInfo = body.RawObject("campaignInfo"),
            Context = body.RawObject("conversationContext"),
            EventId = body.Text("eventId"),
        };
        if (request.EventId is { Length: 0 or > PublishEventRequest.LongestEventId }) body.Refuse("eventId", "must have 1 to 64 characters");
        if (request.ChannelType is { Length: > Longest }) body.Refuse("channelType", "is longer than 64 characters");
        if (request.SkillId is { Length: > Longest }) body.Refuse("skillId", "is longer than 64 characters");
        error = body.Fault ?? "";
        return error.Length == 0;
    }
}
