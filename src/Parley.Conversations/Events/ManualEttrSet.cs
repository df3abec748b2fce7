namespace Parley.Conversations.Events;

/// <summary>An agent promised an answer at <paramref name="ManualEttr"/> (epoch milliseconds).</summary>
public sealed record ManualEttrSet(long ManualEttr) : ConversationEvent;
