using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Parley.Server.Identity.SignIn;

/// <summary>
/// RSA-OAEP-256 (RFC 7518, 4.3) for encrypted tokens: the token library knows OAEP with SHA-1 only, the platform's RSA does the work.
/// </summary>
internal sealed class RsaOaep256(RsaSecurityKey key) : KeyWrapProvider
{
    public const string Name = "RSA-OAEP-256";

    public override string Algorithm => Name;
    public override string? Context { get; set; }
    public override SecurityKey Key => key;

    public override byte[] UnwrapKey(byte[] keyBytes) => key.Rsa.Decrypt(keyBytes, RSAEncryptionPadding.OaepSHA256);

    public override byte[] WrapKey(byte[] keyBytes) => key.Rsa.Encrypt(keyBytes, RSAEncryptionPadding.OaepSHA256);

    protected override void Dispose(bool disposing)
    {
    }

    /// <summary>Offers it to the token library.</summary>
    public sealed class Provider : ICryptoProvider
    {
        public bool IsSupportedAlgorithm(string algorithm, params object[] args) => algorithm == Name && args is [RsaSecurityKey, ..];

        public object Create(string algorithm, params object[] args) => new RsaOaep256((RsaSecurityKey)args[0]);

        public void Release(object cryptoInstance)
        {
        }
    }
}
