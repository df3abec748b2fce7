namespace Parley.Conversations;

/// <summary>
/// Ids of the dialogs that carry messages. MAIN has its conversation's id; any other names the conversation before its
/// number, so that a request that knows only the dialog finds the conversation without an index.
/// </summary>
public static class DialogIds
{
    private const char Separator = '.';

    /// <summary>The id of a conversation's n-th dialog.</summary>
    public static string Of(string conversationId, int number) => $"{conversationId}{Separator}{number}";

    /// <summary>The conversation that a dialog with this id would belong to.</summary>
    public static ReadOnlySpan<byte> ConversationOf(ReadOnlySpan<byte> dialogId) =>
        dialogId.LastIndexOf((byte)Separator) is >= 0 and var end ? dialogId[..end] : dialogId;

    /// <inheritdoc cref="ConversationOf(ReadOnlySpan{byte})"/>
    public static string ConversationOf(string dialogId) => dialogId.LastIndexOf(Separator) is >= 0 and var end ? dialogId[..end] : dialogId;

    /// <summary>Whether a client may give a dialog this id: never one that the server might give.</summary>
    public static bool IsClients(string? dialogId) => dialogId is { Length: > 0 and <= 64 } && !dialogId.Contains(Separator, StringComparison.Ordinal);
}
