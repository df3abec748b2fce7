using System.Security.Cryptography;
using System.Text;

namespace Parley.Server.Identity;

/// <summary>Generated secrets. They carry at least 128 random bits, so a plain SHA-256 is enough to store them.</summary>
internal static class Secrets
{
    /// <summary>Lower-case hex, safe in a URL path (clients put bearers there unescaped).</summary>
    public static string NewHex(int bytes = 32) => RandomNumberGenerator.GetHexString(bytes * 2, lowercase: true);

    /// <summary>A password that survives copying by hand: 26 characters out of 32, 130 bits.</summary>
    public static string NewPassword() => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 26);

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Compares a presented secret with a stored <see cref="Hash"/> in constant time.</summary>
    public static bool Matches(string secret, string storedHash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(secret)), Encoding.ASCII.GetBytes(storedHash));
}
