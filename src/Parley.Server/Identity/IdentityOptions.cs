namespace Parley.Server.Identity;

/// <summary>How identities are made.</summary>
public sealed class IdentityOptions
{
    /// <summary>What new tokens are signed with; a change rotates the key at the next start.</summary>
    public TokenAlgorithm Algorithm { get; set; } = TokenAlgorithm.ES256;

    /// <summary>Life of a consumer token, days.</summary>
    public int TokenDays { get; set; } = 365;

    /// <summary>Life of the token with which an anonymous visitor signs in, minutes (protocol 4.3).</summary>
    public int AnonymousMinutes { get; set; } = 10;

    /// <summary>How long after his first one an anonymous visitor may renew it, hours (protocol 4.3).</summary>
    public int AnonymousRenewalHours { get; set; } = 730;

    /// <summary>Life of the consumer token that an anonymous visitor signs in for, minutes; then his sockets are closed with 4407.</summary>
    public int AnonymousTokenMinutes { get; set; } = 60;

    /// <summary>Life of an agent's session after its login or last refresh, minutes (protocol 5.1: 8 hours).</summary>
    public int SessionMinutes { get; set; } = 480;

    /// <summary>What the hash of a password costs. No setting: fewer make stolen hashes cheap to guess, which only a test may want.</summary>
    internal int PasswordIterations { get; set; } = PasswordHash.ShippedIterations;
}
