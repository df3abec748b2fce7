using System.Security.Cryptography;

namespace Parley.Server.Identity.Saml;

/// <summary>What assertions may be signed with, by the names that connectors use; none with SHA-1 and none with a shared secret.</summary>
internal static class SamlAlgorithms
{
    private const string More = "http://www.w3.org/2001/04/xmldsig-more#";

    static SamlAlgorithms()
    {
        CryptoConfig.AddAlgorithm(typeof(EcdsaSha256), Signatures["ES256"]);
        CryptoConfig.AddAlgorithm(typeof(EcdsaSha384), Signatures["ES384"]);
        CryptoConfig.AddAlgorithm(typeof(EcdsaSha512), Signatures["ES512"]);
    }

    public static IReadOnlyDictionary<string, string> Signatures { get; } = new Dictionary<string, string>
    {
        ["RS256"] = $"{More}rsa-sha256", ["RS384"] = $"{More}rsa-sha384", ["RS512"] = $"{More}rsa-sha512",
        ["ES256"] = $"{More}ecdsa-sha256", ["ES384"] = $"{More}ecdsa-sha384", ["ES512"] = $"{More}ecdsa-sha512",
    };

    public static IReadOnlyList<string> Digests { get; } =
        ["http://www.w3.org/2001/04/xmlenc#sha256", $"{More}sha384", "http://www.w3.org/2001/04/xmlenc#sha512"];
}
