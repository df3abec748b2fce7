namespace Parley.Conversations.Events;

/// <summary>A field that the server keeps without understanding it got a value.</summary>
public sealed record FieldSet(OpaqueField Field, string Value) : ConversationEvent;
