using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Server.Files;

/// <summary>
/// Signs addresses the way temporary URLs of object stores are signed: an HMAC over method, expiry and path. To clients the
/// signature is opaque text.
/// </summary>
/// <param name="key">The installation's, secret.</param>
/// <param name="time">The clock.</param>
internal sealed class AddressSigner(byte[] key, TimeProvider time)
{
    /// <summary>How long an address is good (protocol ch. 28).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    public SignedAddress Sign(string method, FilePath path)
    {
        var expires = (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds();
        return new SignedAddress(path, Signature(method, path, expires), expires);
    }

    /// <summary>Whether this server signed the address for this method and it is still good.</summary>
    public bool IsGood(string method, FilePath path, string signature, string expires) =>
        long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var until)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.ASCII.GetBytes(Signature(method, path, until)))
        && time.GetUtcNow().ToUnixTimeSeconds() <= until;

    private string Signature(string method, FilePath path, long expires) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{method}\n{expires}\n{path}"))));
}
