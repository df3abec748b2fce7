using System.Text.RegularExpressions;
using Microsoft.IdentityModel.Tokens;
using Parley.Server.Identity.Saml;

namespace Parley.Server.Identity.SignIn;

/// <summary>Refuses a connector that could not work, while an operator is there to read why.</summary>
internal static partial class AuthConnectorCheck
{
    private const int LongestSkew = 600;
    private const int SmallestSigning = 2048;

    /// <summary>Signatures of key pairs. No HS*: whoever verifies those could also sign.</summary>
    public static readonly IReadOnlyList<string> Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <exception cref="RefusedException">It could not work.</exception>
    public static void Check(AuthConnector connector)
    {
        Require(ValidId.IsMatch(connector.Id), "A connector id has 1 to 64 letters, digits, '-' or '_'.");
        Require(connector.Id != AuthConnector.Anonymous, $"{AuthConnector.Anonymous} is the connector of anonymous visitors; every account has it.");
        if (connector.Type == AuthConnectorType.Unauth) return;

        Require(connector.Issuer is { Length: > 0 and <= 512 } issuer && !issuer.Any(char.IsControl), "Name the issuer, as in the tokens' claim iss or the assertions' Issuer.");
        Require(connector.PublicKeys is null != connector.JwksUrl is null, "Give either public keys or the address of a JWK set.");
        Require(connector.Algorithms.Count > 0 && connector.Algorithms.All(Algorithms.Contains), $"Algorithms are: {string.Join(", ", Algorithms)}.");
        Require(connector.ClockSkewSeconds is >= 0 and <= LongestSkew, $"The clock skew is 0 to {LongestSkew} seconds.");
        if (connector.PublicKeys is { } pem) Require(Pem.TryReadPublicKeys(pem, out _), "The public keys are not PEM of RSA or EC public keys or certificates.");
        if (connector.DecryptionKey is { } key) Require(Pem.TryReadDecryptionKey(key, out _), "The decryption key is not PEM of a private RSA key of 2048 bits or more.");
        if (connector.JwksUrl is { } jwks) RequireAddress(jwks);
        if (connector.Type == AuthConnectorType.Saml) RequireSaml(connector);
        else Require(connector.LoginAttribute is null && connector.Recipient is null, "Only SAML has a login attribute and a recipient.");
        if (connector.Type is AuthConnectorType.Implicit or AuthConnectorType.Saml) return;

        RequireAddress(connector.TokenEndpoint);
        Require(connector.ClientId is { Length: > 0 } id && !id.Contains(':') && connector.ClientSecret is { Length: > 0 }, "The code flow needs a client id, without ':', and a client secret.");
        Require(connector.RedirectUri is null || Uri.TryCreate(connector.RedirectUri, UriKind.Absolute, out _), "The redirect address is not absolute.");
    }

    private static void RequireSaml(AuthConnector connector)
    {
        Require(
            Pem.TryReadPublicKeys(connector.PublicKeys ?? "", out var keys) && keys.All(key => key is ECDsaSecurityKey || key.KeySize >= SmallestSigning),
            $"SAML needs the provider's signing certificates, PEM; RSA of {SmallestSigning} bits or more, or EC.");
        Require(connector.Audiences.Count > 0 && connector.Audiences.All(audience => audience.Length > 0), "SAML needs an audience, the entity id that the provider knows this account by.");
        Require(connector.Algorithms.All(SamlAlgorithms.Signatures.ContainsKey), $"SAML algorithms are: {string.Join(", ", SamlAlgorithms.Signatures.Keys)}.");
        Require(connector.DecryptionKey is null, "Encrypted assertions are not read; SAML takes no decryption key.");
        Require(connector.LoginAttribute is null or { Length: > 0 and <= 256 }, "The login attribute has 1 to 256 characters.");
        Require(connector.Recipient is null || Uri.TryCreate(connector.Recipient, UriKind.Absolute, out _), "The recipient is no absolute address.");
    }

    private static void RequireAddress(string? address) => Require(
        Uri.TryCreate(address, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)),
        "The provider's addresses begin with https:// (http:// only on this machine).");

    private static void Require(bool holds, string otherwise)
    {
        if (!holds) throw new RefusedException(otherwise);
    }

    [GeneratedRegex(@"^[a-zA-Z0-9_-]{1,64}\z")]
    private static partial Regex ValidId { get; }
}
