namespace Parley.Protocol.Codes;

/// <summary>
/// Every code the server closes a socket with, its meaning, and what the client should do. The documentation page is
/// generated from this table.
/// </summary>
public static class CloseCodes
{
    /// <summary>A row of the table.</summary>
    /// <param name="Code">The close code.</param>
    /// <param name="When">When the server closes so.</param>
    /// <param name="NeedsNewIdentity">Whether the old token is of no use any more.</param>
    /// <param name="ClientShould">What a well-behaved client does.</param>
    public sealed record Row(CloseCode Code, string When, bool NeedsNewIdentity, string ClientShould);

    /// <summary>The table, by code.</summary>
    public static IReadOnlyList<Row> All { get; } =
    [
        new(CloseCode.Normal, "The answer to the client's own close.", false, "Nothing."),
        new(CloseCode.GoingAway, $"The server stops, or nothing came on the socket for too long (`{CloseReasons.TimedOut}`).", false, "Reconnect after a back-off with jitter and resume by sequence."),
        new(CloseCode.ProtocolError, "A frame breaks RFC 6455.", false, "Correct the program; the same frame will fail again."),
        new(CloseCode.UnsupportedData, "A binary frame: only text is spoken here.", false, "Correct the program."),
        new(CloseCode.InvalidPayload, "A text message is not UTF-8.", false, "Correct the program."),
        new(CloseCode.TooLarge, "A message is larger than the limit.", false, "Send less in one message; reconnecting alone will not help."),
        new(CloseCode.TryAgainLater, $"The client reads too slowly (`{CloseReasons.SlowReader}`), or it is not known whether a request was stored (`{CloseReasons.OutcomeUnknown}`).", false, "Reconnect after a back-off with jitter, catch up with `fromSeq`, repeat unanswered publishes with the same `eventId`."),
        new(CloseCode.IdentityRequired, $"The identity is missing, invalid, expired or revoked (`{CloseReasons.IdentityInvalid}`).", true, "Get a new token or log in again, then reconnect."),
        new(CloseCode.IdentityRenewal, "An anonymous identity has expired.", true, "Renew it at the identity service, then reconnect."),
    ];
}
