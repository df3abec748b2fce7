namespace Parley.Client;

/// <summary>A dialog of a conversation.</summary>
/// <param name="Id">The id to publish to; that of the main dialog equals the conversation's.</param>
/// <param name="Type">For example <c>MAIN</c> or <c>POST_SURVEY</c>.</param>
/// <param name="IsOpen">Whether it takes messages.</param>
public sealed record ConversationDialog(string Id, string Type, bool IsOpen);
