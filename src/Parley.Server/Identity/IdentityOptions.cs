namespace Parley.Server.Identity;

/// <summary>How identities are made.</summary>
public sealed class IdentityOptions
{
    /// <summary>What new tokens are signed with; a change rotates the key at the next start.</summary>
    public TokenAlgorithm Algorithm { get; set; } = TokenAlgorithm.ES256;

    /// <summary>Life of a consumer token, days.</summary>
    public int TokenDays { get; set; } = 365;

    /// <summary>Life of an agent's session after its login or last refresh, minutes (protocol 5.1: 8 hours).</summary>
    public int SessionMinutes { get; set; } = 480;
}
