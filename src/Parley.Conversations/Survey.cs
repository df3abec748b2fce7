namespace Parley.Conversations;

/// <summary>The survey that follows a conversation's MAIN dialog (protocol 15.2).</summary>
/// <param name="BotId">Public id of the agent who asks.</param>
/// <param name="MetaData">Raw JSON object of the dialog's meta data, or null.</param>
public sealed record Survey(string BotId, string? MetaData);
