namespace Parley.Conversations.Changes;

/// <summary>The contact centre is closed for a while (protocol 8.5.2): promises run from its end.</summary>
public sealed record SetDelay(Delay Delay) : FieldChange(false, true);
