using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.Tokens;

namespace Parley.Server.Identity.SignIn;

/// <summary>Keys of identity providers in text (RFC 7468).</summary>
internal static class Pem
{
    private const int SmallestVerifying = 1024;
    private const int SmallestDecrypting = 2048;

    /// <summary>All keys of the text; false when it has none, or anything that is no public key.</summary>
    public static bool TryReadPublicKeys(string pem, out IReadOnlyList<SecurityKey> keys)
    {
        var read = new List<SecurityKey>();
        keys = read;
        try
        {
            for (var rest = pem.AsSpan(); PemEncoding.TryFind(rest, out var fields); rest = rest[fields.Location.End..])
            {
                read.Add(ReadPublicKey(rest[fields.Label].ToString(), rest[fields.Location].ToString()));
            }

            return read.Count > 0;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    public static bool TryReadDecryptionKey(string pem, out SecurityKey key)
    {
        var rsa = RSA.Create();
        key = new RsaSecurityKey(rsa) { CryptoProviderFactory = new CryptoProviderFactory { CustomCryptoProvider = new RsaOaep256.Provider() } };
        try
        {
            rsa.ImportFromPem(pem);
            return rsa.KeySize >= SmallestDecrypting && rsa.ExportParameters(includePrivateParameters: true).D is not null;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private static SecurityKey ReadPublicKey(string label, string pem)
    {
        if (label == "CERTIFICATE")
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            return certificate.GetECDsaPublicKey() is { } elliptic ? new ECDsaSecurityKey(elliptic) : Rsa(certificate.GetRSAPublicKey() ?? throw new NotSupportedException());
        }

        if (label is not ("PUBLIC KEY" or "RSA PUBLIC KEY")) throw new NotSupportedException();
        try
        {
            var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return Rsa(rsa);
        }
        catch (CryptographicException) when (label == "PUBLIC KEY")
        {
            var elliptic = ECDsa.Create();
            elliptic.ImportFromPem(pem);
            return new ECDsaSecurityKey(elliptic);
        }
    }

    private static RsaSecurityKey Rsa(RSA rsa) => rsa.KeySize >= SmallestVerifying ? new RsaSecurityKey(rsa) : throw new NotSupportedException();
}
