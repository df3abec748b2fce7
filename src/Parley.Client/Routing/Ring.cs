using System.Text.Json;

namespace Parley.Client;

/// <summary>An offer of a conversation to this agent.</summary>
/// <param name="Id">The id to answer with.</param>
/// <param name="State">What became of it so far.</param>
/// <param name="ConversationId">The conversation.</param>
/// <param name="ConsumerId">Its consumer.</param>
/// <param name="SkillId">Its skill, or null.</param>
/// <param name="ExpiresAt">Until when it waits; null when the server does not say.</param>
public sealed record Ring(string Id, RingState State, string ConversationId, string ConsumerId, string? SkillId, DateTimeOffset? ExpiresAt)
{
    internal static Ring Read(JsonElement ring, JsonElement task) => new(
        ring.Text("ringId") ?? "",
        ring.Text("ringState") switch
        {
            "WAITING" => RingState.Waiting,
            "ACCEPTED" or "AUTO_ACCEPT" => RingState.Accepted,
            "REJECTED" => RingState.Rejected,
            "CANCELLED" => RingState.Cancelled,
            "EXPIRED" => RingState.Expired,
            _ => RingState.Unknown,
        },
        ring.Text("convId") ?? task.Text("conversationId") ?? "",
        ring.Text("consumerId") ?? task.Text("consumerId") ?? "",
        (ring.Text("skillId") ?? task.Text("skillId")) is { } skill and not "-1" ? skill : null,
        ring.Time("ringExpirationTs"));
}
