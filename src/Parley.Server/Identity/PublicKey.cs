namespace Parley.Server.Identity;

/// <summary>One entry of a JSON Web Key Set (RFC 7517); members of the other key type are null and not written.</summary>
internal sealed record PublicKey(string Kty, string Kid, string Use, string Alg)
{
    public string? Crv { get; init; }
    public string? X { get; init; }
    public string? Y { get; init; }
    public string? N { get; init; }
    public string? E { get; init; }
}
