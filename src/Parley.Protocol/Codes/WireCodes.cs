namespace Parley.Protocol.Codes;

/// <summary>
/// Every code of an answer with its meaning and what the client should do. Clients treat codes above 399 as errors; of
/// those, only the ones marked temporary are worth repeating. The documentation page is generated from this table.
/// </summary>
public static class WireCodes
{
    /// <summary>A row of the table.</summary>
    /// <param name="Code">The code on the wire.</param>
    /// <param name="Title">The <c>title</c> of an error body.</param>
    /// <param name="Temporary">Whether the same request may succeed later.</param>
    /// <param name="When">When the server answers so.</param>
    /// <param name="ClientShould">What a well-behaved client does.</param>
    public sealed record Row(WireCode Code, string Title, bool Temporary, string When, string ClientShould);

    /// <summary>The table, by code.</summary>
    public static IReadOnlyList<Row> All { get; } =
    [
        new(WireCode.Ok, "OK", false, "Done; what it reports is stored.", "Go on."),
        new(WireCode.Accepted, "Accepted", false, "Agent and ring states: taken; the effect arrives as a notification.", "Wait for the notification."),
        new(WireCode.BadRequest, "Bad Request", false, "Malformed, unknown type, missing member, impossible change, closed conversation.", "Correct the request; do not repeat it as it is."),
        new(WireCode.Unauthorized, "Unauthorized", false, "The socket has no identity yet, or this identity may not ask this.", "Authenticate first (InitConnection, login)."),
        new(WireCode.Forbidden, "Forbidden", false, "Not a participant, or the role lacks the right.", "Do not repeat; join first if allowed."),
        new(WireCode.NotFound, "Not Found", false, "No such conversation, dialog, ring or subscription for this identity.", "Do not repeat."),
        new(WireCode.Conflict, "Conflict", false, "Somebody was faster, or the eventId was used with another body.", "Look at the current state; use a new eventId for a new body."),
        new(WireCode.TooManyRequests, "Too Many Requests", true, "More requests than the limit of this socket.", "Wait at least a second, then repeat."),
        new(WireCode.InternalError, "Internal Server Error", true, "A fault of the server; it is in its log.", "Repeat after 5, 10, 15 s, then back off."),
        new(WireCode.Unavailable, "Service Unavailable", true, "The store cannot write or read now; nothing of the request was stored.", "Repeat with the same eventId after a second, then back off."),
    ];

    /// <summary>The row of a code.</summary>
    public static Row Find(WireCode code) => All.First(row => row.Code == code);
}
