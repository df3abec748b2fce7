using System.Text.Json;

namespace Parley.Server.Tests.Ownership.Support;

/// <summary>One change of a conversation list.</summary>
internal sealed record ListChange(string SubscriptionId, bool IsDelete, JsonElement Result)
{
    public string ConversationId => Result.GetProperty("convId").GetString()!;

    /// <summary>Grows with every event of the conversation.</summary>
    public long LastUpdate => Result.GetProperty("lastUpdateTime").GetInt64();

    public string Stage => Result.GetProperty("conversationDetails").GetProperty("stage").GetString()!;

    public string? LastText => Result.TryGetProperty("lastContentEventNotification", out var last)
        ? last.GetProperty("event").GetProperty("message").GetString() : null;
}
