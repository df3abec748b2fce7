using System.Globalization;
using System.Security.Cryptography;

namespace Parley.Server.Identity;

/// <summary>PBKDF2-HMAC-SHA512 at OWASP strength, stored as <c>pbkdf2-sha512$iterations$salt$hash</c>.</summary>
internal static class PasswordHash
{
    /// <summary>What is shipped.</summary>
    public const int ShippedIterations = 210_000;

    private const string Scheme = "pbkdf2-sha512";
    private const int SaltBytes = 16;
    private const int HashBytes = 64;

    /// <summary>Verified instead of a missing agent's hash, so that an unknown login takes as long as a wrong password.</summary>
    /// <param name="iterations">As those of the agents that there are.</param>
    public static string Nobody(int iterations) => Format(iterations, new byte[SaltBytes], new byte[HashBytes]);

    /// <summary>With the shipped iterations it takes about 0.1 s of one core.</summary>
    public static string Create(string password, int iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return Format(iterations, salt, Derive(password, salt, iterations));
    }

    public static bool Verify(string password, string stored)
    {
        if (stored.Split('$') is not [Scheme, var iterations, var salt, var hash])
        {
            throw new FormatException("A stored password hash has an unknown format.");
        }

        var derived = Derive(password, Convert.FromBase64String(salt), int.Parse(iterations, CultureInfo.InvariantCulture));
        return CryptographicOperations.FixedTimeEquals(derived, Convert.FromBase64String(hash));
    }

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA512, HashBytes);

    private static string Format(int iterations, byte[] salt, byte[] hash) =>
        string.Create(CultureInfo.InvariantCulture, $"{Scheme}${iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
}
