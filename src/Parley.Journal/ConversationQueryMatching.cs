using Parley.Conversations;

namespace Parley.Journal;

/// <summary>The meaning of a <see cref="ConversationQuery"/> for states in memory.</summary>
internal static class ConversationQueryMatching
{
    public static bool Matches(this ConversationQuery query, Conversation c) =>
        c.AccountId == query.AccountId
        && (query.ConsumerId is null || c.ConsumerId == query.ConsumerId)
        && (query.AgentIds is null || query.AgentIds.Any(c.HasAgent))
        && (query.Stage is null || c.Stage == query.Stage)
        && (query.UpdatedFrom is null || c.LastTimestamp >= query.UpdatedFrom)
        && (query.UpdatedThrough is null || c.LastTimestamp <= query.UpdatedThrough)
        && query.Condition?.Invoke(c) != false;

    public static IReadOnlyList<Conversation> Newest(this ConversationQuery query, IEnumerable<Conversation> matching) =>
        [.. matching.OrderByDescending(c => c.LastTimestamp).ThenBy(c => c.Id, StringComparer.Ordinal).Take(query.Limit)];
}
