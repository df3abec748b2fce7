using Parley.Conversations;

namespace Parley.Server.Files;

/// <summary>
/// Somebody set out to publish a file to a dialog. It is recorded before the message is, so that a message that was
/// acknowledged always has it; whether there is such a message is seen in the dialog, from <paramref name="FirstSequence"/> on.
/// </summary>
/// <param name="ConversationId">Whose dialog.</param>
/// <param name="DialogId">Where.</param>
/// <param name="Audience">For whom.</param>
/// <param name="FirstSequence">The message's number is not lower.</param>
internal sealed record SharedIn(string ConversationId, string DialogId, Audience Audience, long FirstSequence);
