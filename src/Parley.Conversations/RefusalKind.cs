namespace Parley.Conversations;

/// <summary>Why a command was refused; the protocol's code table gives each its wire code.</summary>
public enum RefusalKind : byte
{
    /// <summary>The command makes no sense here: closed conversation, impossible change (400).</summary>
    Invalid,

    /// <summary>The actor is no participant or lacks the right (403).</summary>
    Forbidden,

    /// <summary>No such conversation, dialog or ring for this actor (404).</summary>
    NotFound,

    /// <summary>Somebody was faster, or the event id was used with another body (409).</summary>
    Conflict,
}
