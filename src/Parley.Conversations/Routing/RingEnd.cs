namespace Parley.Conversations.Routing;

/// <summary>A ring that is to end without its agent's answer.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="RingId">The ring.</param>
/// <param name="State">Expired, or cancelled because its agent is not there any more.</param>
public readonly record struct RingEnd(string ConversationId, string RingId, RingState State);
