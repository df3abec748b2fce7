using System.Text.Json;

namespace Parley.Cluster.Tests.Faults.Histories;

/// <summary>An event as the cluster tells of it.</summary>
internal sealed record StoredEvent(string Dialog, long Sequence, string EventId, string Text)
{
    /// <summary>An event of a notification or of the answer to a query; null for what is not stored.</summary>
    public static StoredEvent? TryRead(JsonElement change)
    {
        if (!change.TryGetProperty("event", out var content) || content.GetProperty("type").GetString() != "ContentEvent") return null;
        return new(
            change.GetProperty("dialogId").GetString()!, change.GetProperty("sequence").GetInt64(),
            change.TryGetProperty("eventId", out var id) ? id.GetString()! : "", content.GetProperty("message").GetString()!);
    }
}
