namespace Parley.Conversations.Changes;

/// <summary>The anonymous consumer has signed in and goes on under another id (protocol 4.6). The caller has checked the proof.</summary>
public sealed record StepUp(string ConsumerId) : FieldChange(true, false);
