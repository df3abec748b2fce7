namespace Parley.Server.Identity;

/// <summary>The body of a login (protocol 5.1); which members are present decides the method. Other members are ignored.</summary>
internal sealed record LoginRequest
{
    public string? Username { get; init; }
    public string? Password { get; init; }
    public string? AppKey { get; init; }
    public string? Secret { get; init; }
    public string? AccessToken { get; init; }
    public string? AccessTokenSecret { get; init; }
    public string? Assertion { get; init; }
}
