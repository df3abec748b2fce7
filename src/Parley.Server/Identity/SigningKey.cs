using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Parley.Server.Identity;

/// <summary>A key pair that signs or has signed tokens.</summary>
internal sealed class SigningKey
{
    private SigningKey(string id, TokenAlgorithm algorithm, AsymmetricAlgorithm pair, SecurityKey key, DateTimeOffset createdAt)
    {
        (Id, Algorithm, Pair, CreatedAt) = (id, algorithm, pair, createdAt);
        Credentials = new SigningCredentials(key, algorithm.ToString());
    }

    public string Id { get; }
    public TokenAlgorithm Algorithm { get; }
    public DateTimeOffset CreatedAt { get; }
    public SigningCredentials Credentials { get; }

    /// <summary>Null for the key in use; else when the last token it signed has expired.</summary>
    public DateTimeOffset? VerifyUntil { get; init; }

    private AsymmetricAlgorithm Pair { get; }

    public static SigningKey Create(TokenAlgorithm algorithm, DateTimeOffset now) => From(
        Secrets.NewHex(8), algorithm,
        algorithm == TokenAlgorithm.ES256 ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : RSA.Create(2048),
        now, null);

    public static SigningKey Import(string id, TokenAlgorithm algorithm, byte[] pkcs8, DateTimeOffset createdAt, DateTimeOffset? verifyUntil)
    {
        AsymmetricAlgorithm pair = algorithm == TokenAlgorithm.ES256 ? ECDsa.Create() : RSA.Create();
        pair.ImportPkcs8PrivateKey(pkcs8, out _);
        return From(id, algorithm, pair, createdAt, verifyUntil);
    }

    public byte[] ExportPrivateKey() => Pair.ExportPkcs8PrivateKey();

    public SigningKey Retired(DateTimeOffset verifyUntil) => From(Id, Algorithm, Pair, CreatedAt, verifyUntil);

    /// <summary>The public half (RFC 7517).</summary>
    public PublicKey ToPublic()
    {
        if (Pair is ECDsa elliptic)
        {
            var point = elliptic.ExportParameters(includePrivateParameters: false).Q;
            return new PublicKey("EC", Id, "sig", Algorithm.ToString()) { Crv = "P-256", X = Base64UrlEncoder.Encode(point.X), Y = Base64UrlEncoder.Encode(point.Y) };
        }

        var parameters = ((RSA)Pair).ExportParameters(includePrivateParameters: false);
        return new PublicKey("RSA", Id, "sig", Algorithm.ToString()) { N = Base64UrlEncoder.Encode(parameters.Modulus), E = Base64UrlEncoder.Encode(parameters.Exponent) };
    }

    private static SigningKey From(string id, TokenAlgorithm algorithm, AsymmetricAlgorithm pair, DateTimeOffset createdAt, DateTimeOffset? verifyUntil)
    {
        SecurityKey key = pair is ECDsa elliptic ? new ECDsaSecurityKey(elliptic) { KeyId = id } : new RsaSecurityKey((RSA)pair) { KeyId = id };
        return new SigningKey(id, algorithm, pair, key, createdAt) { VerifyUntil = verifyUntil };
    }
}
