namespace Parley.Conversations.Changes;

/// <summary>The consumer rates the conversation, also after its end (protocol 9.7).</summary>
public sealed record RateConversation(Csat Csat) : FieldChange(true, false);
