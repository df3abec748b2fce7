using System.Buffers.Text;
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

    private const char BeforeNote = '-';
    private const int Digits = HMACSHA256.HashSizeInBytes * 2;

    /// <param name="method">What the address is good for.</param>
    /// <param name="path">Of what.</param>
    /// <param name="note">What whoever takes it is to know, or null. It is signed, and stands behind the signature for everybody to read.</param>
    public SignedAddress Sign(string method, FilePath path, string? note = null)
    {
        var expires = (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds();
        var behind = note is null ? "" : BeforeNote + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(note));
        return new SignedAddress(path, Signature(method, path, expires, behind) + behind, expires);
    }

    /// <summary>Whether this installation signed the address for this method and it is still good.</summary>
    public bool IsGood(string method, FilePath path, string signature, string expires, out string? note)
    {
        note = null;
        var behind = signature.Length > Digits && signature[Digits] == BeforeNote ? signature[Digits..] : "";
        if (!long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var until)
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(Signature(method, path, until, behind) + behind))
            || time.GetUtcNow().ToUnixTimeSeconds() > until) return false;
        if (behind.Length > 0) note = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(behind.AsSpan(1)));
        return true;
    }

    private string Signature(string method, FilePath path, long expires, string behind) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{method}\n{expires}\n{path}{behind}"))));
}
