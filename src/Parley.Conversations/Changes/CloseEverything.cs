namespace Parley.Conversations.Changes;

/// <summary>The conversation ends with all its dialogs and without a survey (protocol 15.3).</summary>
/// <param name="Cause">Free text kept on the closed dialogs, or null.</param>
public sealed record CloseEverything(string? Cause = null) : FieldChange(true, true);
