using System.Security.Cryptography;

namespace Parley.Server.Identity.Saml;

/// <summary>Tells the framework's XML signatures, which know RSA alone, that its ECDSA verifies them too: the two numbers one after the other.</summary>
public abstract class EcdsaSignature : SignatureDescription
{
    private readonly HashAlgorithmName _hash;

    private protected EcdsaSignature(HashAlgorithmName hash)
    {
        _hash = hash;
        KeyAlgorithm = typeof(ECDsa).AssemblyQualifiedName;
    }

    public override HashAlgorithm CreateDigest() =>
        _hash == HashAlgorithmName.SHA256 ? SHA256.Create() : _hash == HashAlgorithmName.SHA384 ? SHA384.Create() : SHA512.Create();

    public override AsymmetricSignatureDeformatter CreateDeformatter(AsymmetricAlgorithm key) => new Deformatter((ECDsa)key);

    private sealed class Deformatter(ECDsa key) : AsymmetricSignatureDeformatter
    {
        public override void SetHashAlgorithm(string strName)
        {
        }

        public override void SetKey(AsymmetricAlgorithm key) => throw new NotSupportedException();

        public override bool VerifySignature(byte[] rgbHash, byte[] rgbSignature) => key.VerifyHash(rgbHash, rgbSignature);
    }
}
