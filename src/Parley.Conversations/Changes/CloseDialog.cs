namespace Parley.Conversations.Changes;

/// <summary>A dialog ends; MAIN may be followed by a survey (protocol 9.6, 15.3).</summary>
/// <param name="DialogId">Which.</param>
/// <param name="Cause">Free text kept on it, or null.</param>
public sealed record CloseDialog(string DialogId, string? Cause) : FieldChange(true, true);
