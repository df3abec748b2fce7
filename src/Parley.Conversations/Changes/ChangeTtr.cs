namespace Parley.Conversations.Changes;

/// <summary>Another response promise (protocol 15.5).</summary>
/// <param name="Type">Its label.</param>
/// <param name="Seconds">Its time; null for what the account promises under this label.</param>
public sealed record ChangeTtr(TtrType Type, int? Seconds) : FieldChange(true, true);
