namespace Parley.Conversations.Changes;

/// <summary>A dialog gets other meta data (protocol 15.8); without any, nothing changes (protocol 9.6).</summary>
/// <param name="DialogId">Which.</param>
/// <param name="MetaData">Raw JSON object, or null.</param>
public sealed record UpdateDialog(string DialogId, string? MetaData) : FieldChange(true, true);
