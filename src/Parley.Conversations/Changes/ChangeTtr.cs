namespace Parley.Conversations.Changes;

/// <summary>Another response promise (protocol 15.5).</summary>
public sealed record ChangeTtr(Ttr Ttr) : FieldChange(true, true);
