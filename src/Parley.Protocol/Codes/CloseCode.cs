namespace Parley.Protocol.Codes;

/// <summary>
/// Why the server closed a socket (protocol 6.7); <see cref="CloseCodes"/> says when and what to do. 1000-1013 mean:
/// reconnect with the same token. 4400-4499 mean: get a new identity first. 1008 and 1011 are never sent, because
/// official clients read them as "get a new login".
/// </summary>
public enum CloseCode : ushort
{
    Normal = 1000,
    GoingAway = 1001,
    ProtocolError = 1002,
    UnsupportedData = 1003,
    InvalidPayload = 1007,
    TooLarge = 1009,
    TryAgainLater = 1013,
    IdentityRequired = 4401,
    IdentityRenewal = 4407,
}
