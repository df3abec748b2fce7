using System.Security.Cryptography;
using System.Text;
using Parley.Server.Identity;

namespace Parley.Cluster.Moving;

/// <summary>Tells whether an import goes on with what it began with.</summary>
internal static class InstallationState
{
    /// <exception cref="RefusedException">There is no installation.</exception>
    public static string Of(IRows accounts, long position)
    {
        var key = accounts.Read("installation", ["name", "value"]).FirstOrDefault(row => (string)row[0]! == "file_key")?[1] as string
            ?? throw new RefusedException("There is no installation to move: no server was ever started there.");
        return $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16]} at {position}";
    }

    /// <exception cref="RefusedException">It does not, or was not asked to.</exception>
    public static void CheckResumed(string place, bool resume, string begun, string now)
    {
        if (!resume) throw new RefusedException($"An import into {place} was not finished. Go on with --resume, or begin anew in an empty place.");
        if (begun != now) throw new RefusedException($"The import into {place} began with another installation, or this one was served since. Begin anew in an empty place.");
    }
}
