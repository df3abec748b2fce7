namespace Parley.Protocol.Codes;

/// <summary>
/// Why the server closed a socket (protocol 6.7). 1000-1013 mean: reconnect with the same token after a back-off with
/// jitter and resume by sequence. 4400-4499 mean: get a new identity first. 1008 and 1011 are never sent, because
/// official clients read them as "get a new login".
/// </summary>
public enum CloseCode : ushort
{
    /// <summary>The answer to the client's own close.</summary>
    Normal = 1000,

    /// <summary>The server stops, or the socket was idle (reason <c>Connection timed out</c>).</summary>
    GoingAway = 1001,

    /// <summary>A frame breaks RFC 6455; a client with this bug will meet it again.</summary>
    ProtocolError = 1002,

    /// <summary>A binary frame: only text is spoken here.</summary>
    UnsupportedData = 1003,

    /// <summary>A text message is not UTF-8.</summary>
    InvalidPayload = 1007,

    /// <summary>A message is larger than the limit; sending it again will not help.</summary>
    TooLarge = 1009,

    /// <summary>The client reads too slowly, or the server is overloaded: reconnect later and catch up with <c>fromSeq</c>.</summary>
    TryAgainLater = 1013,

    /// <summary>The identity is missing, invalid, expired or revoked: get a new token or login.</summary>
    IdentityRequired = 4401,

    /// <summary>The anonymous identity must be renewed at the identity service.</summary>
    IdentityRenewal = 4407,
}
