namespace Parley.Conversations.Changes;

/// <summary>A field that the server keeps without understanding it.</summary>
/// <param name="Field">Which.</param>
/// <param name="Value">Its value as it came: text for notes, raw JSON for the others.</param>
public sealed record SetField(OpaqueField Field, string Value)
    : FieldChange(Field is OpaqueField.CampaignInfo or OpaqueField.MetaData or OpaqueField.CsatSeen, true);
