namespace Parley.Server.Identity.SignIn;

/// <summary>The answer to an exchange or renewal (protocol 4.3, 4.5).</summary>
internal sealed record TokenBody(string Token)
{
    /// <summary>The same under its old name, for clients that look for it.</summary>
    public string? Jwt { get; init; }
}
