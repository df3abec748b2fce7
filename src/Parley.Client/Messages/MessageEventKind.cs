namespace Parley.Client;

/// <summary>What a message event is (protocol 10.2).</summary>
public enum MessageEventKind
{
    /// <summary>Something this version does not know; see <see cref="MessageEvent.Raw"/>.</summary>
    Unknown,

    /// <summary>Text, a file or a secure form.</summary>
    Content,

    /// <summary>Structured content: cards, buttons, carousels.</summary>
    RichContent,

    /// <summary>A receipt for earlier events.</summary>
    Receipt,

    /// <summary>Typing and presence; not numbered, not stored, never replayed.</summary>
    ChatState,
}
