using Parley.Conversations;

namespace Parley.Journal;

/// <summary>Which conversations a list wants; null members do not filter.</summary>
/// <param name="AccountId">The tenant; always required.</param>
public sealed record ConversationQuery(string AccountId)
{
    /// <summary>Only this consumer's.</summary>
    public string? ConsumerId { get; init; }

    /// <summary>Only those in which one of these agents (by public id) takes part now, in whatever dialog.</summary>
    public IReadOnlyList<string>? AgentIds { get; init; }

    /// <summary>Only with this stage.</summary>
    public Stage? Stage { get; init; }

    /// <summary>Only those updated at or after this time (epoch milliseconds, of the last event of any kind).</summary>
    public long? UpdatedFrom { get; init; }

    /// <summary>Only those updated at or before this time.</summary>
    public long? UpdatedThrough { get; init; }

    /// <summary>
    /// Only those for which this holds: what the other members cannot say. It is asked while the store is being read, so it must be quick.
    /// </summary>
    public Func<Conversation, bool>? Condition { get; init; }

    /// <summary>At most so many, the most recently updated ones. No more are read than it takes to find them.</summary>
    public int Limit { get; init; } = 1000;
}
