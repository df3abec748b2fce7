namespace Parley.Conversations.Routing;

/// <summary>What a waiting conversation asks of routing.</summary>
/// <param name="Since">Since when it waits, epoch milliseconds.</param>
/// <param name="SkillId">The skill in charge, or null.</param>
/// <param name="SuggestedSince">Since when it is handed to somebody, or null.</param>
public readonly record struct RoutingNeed(long Since, string? SkillId, long? SuggestedSince)
{
    /// <summary>What a conversation needs; null when it does not wait.</summary>
    public static RoutingNeed? Of(Conversation conversation) =>
        conversation.WaitingSince is { } since ? new(since, conversation.SkillId, conversation.SuggestedSince) : null;
}
