using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Parley.Server.Tests.Identity.SignIn;

/// <summary>Encrypts tokens (RFC 7516, 7518) without the library that reads them.</summary>
internal static class Jwe
{
    public static string Encrypt(string token, RSA recipient, string encryption = "A128CBC-HS256", string wrap = "RSA-OAEP-256")
    {
        var half = encryption == "A128CBC-HS256" ? 16 : 32;
        var key = RandomNumberGenerator.GetBytes(half * 2);
        var iv = RandomNumberGenerator.GetBytes(16);
        var header = Base64UrlEncoder.Encode(Encoding.ASCII.GetBytes($$"""{"alg":"{{wrap}}","enc":"{{encryption}}","cty":"JWT"}"""));
        using var aes = Aes.Create();
        aes.Key = key[half..];
        var encrypted = aes.EncryptCbc(Encoding.ASCII.GetBytes(token), iv);

        var length = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(length, header.Length * 8);
        byte[] authenticated = [.. Encoding.ASCII.GetBytes(header), .. iv, .. encrypted, .. length];
        var tag = (half == 16 ? HMACSHA256.HashData(key[..half], authenticated) : HMACSHA512.HashData(key[..half], authenticated))[..half];
        var wrapped = recipient.Encrypt(key, wrap == "RSA-OAEP" ? RSAEncryptionPadding.OaepSHA1 : RSAEncryptionPadding.OaepSHA256);
        return string.Join('.', header, Base64UrlEncoder.Encode(wrapped), Base64UrlEncoder.Encode(iv), Base64UrlEncoder.Encode(encrypted), Base64UrlEncoder.Encode(tag));
    }
}
