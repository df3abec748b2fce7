namespace Parley.Server.Ownership;

/// <summary>A consumer's first socket opened or his last one is gone; or a conversation became his while he is there.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="ConsumerId">Who.</param>
/// <param name="IsThere">Whether he came.</param>
/// <param name="ConversationId">The conversation that became his, or null for all that are open.</param>
internal readonly record struct PresenceChange(string AccountId, string ConsumerId, bool IsThere, string? ConversationId = null)
{
    /// <summary>Whether it happened on other nodes.</summary>
    public bool IsElsewhere { get; init; }
}
