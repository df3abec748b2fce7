namespace Parley.Conversations.Commands;

/// <summary>End a waiting ring without the agent's answer: expired, or cancelled (given by routing).</summary>
/// <param name="RingId">The ring, or null for every waiting one.</param>
/// <param name="State">Expired or cancelled.</param>
public sealed record EndRing(string? RingId, RingState State) : ConversationCommand;
