namespace Parley.Conversations.Commands;

/// <summary>An agent accepts or rejects a ring (protocol 12.5).</summary>
public sealed record AnswerRing(Actor Actor, string RingId, bool Accept) : ConversationCommand;
