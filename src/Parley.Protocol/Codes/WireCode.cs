namespace Parley.Protocol.Codes;

/// <summary>The codes of answers (protocol 7.4). What a client should do is in <see cref="WireCodes"/>.</summary>
public enum WireCode
{
    Ok = 200,
    Accepted = 202,
    BadRequest = 400,
    Unauthorized = 401,
    Forbidden = 403,
    NotFound = 404,
    Conflict = 409,
    TooManyRequests = 429,
    InternalError = 500,
    Unavailable = 503,
}
