using System.Security.Cryptography;

namespace Parley.Server.Identity.Saml;

/// <summary><c>ecdsa-sha256</c> of XML signatures (RFC 6931, 2.3.6). Public, because the framework makes it by name.</summary>
public sealed class EcdsaSha256() : EcdsaSignature(HashAlgorithmName.SHA256);
