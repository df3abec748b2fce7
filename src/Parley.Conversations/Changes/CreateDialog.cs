namespace Parley.Conversations.Changes;

/// <summary>Another dialog begins (protocol 9.6, 15.8).</summary>
/// <param name="DialogId">The client's id; ignored where the dialog carries messages, whose ids are the server's.</param>
/// <param name="Type">OTHER, or AGENTS for a consultation the consumer does not see.</param>
/// <param name="ChannelType">As the client names it.</param>
/// <param name="MetaData">Raw JSON object, or null.</param>
public sealed record CreateDialog(string? DialogId, DialogType Type, string ChannelType, string? MetaData) : FieldChange(true, true);
