using System.Diagnostics;

namespace Parley.Bench.Subjects;

/// <summary>What peers are installed from.</summary>
internal static class DebianPackages
{
    /// <summary>Installs those that are missing; no service of theirs is started.</summary>
    /// <exception cref="IOException">They could not be installed.</exception>
    public static void Ensure(string[] packages)
    {
        if (packages.Length > 0 && packages.Any(package => Query(package).Length == 0) && Run("bench/install", packages).Code is not 0 and var code)
            throw new IOException($"{string.Join(", ", packages)} could not be installed ({code}).");
    }

    /// <summary>Name and version of each.</summary>
    public static string Versions(string[] packages) => string.Join(", ", packages.Select(package => $"{package} {Query(package)}".Trim()));

    private static string Query(string package) => Run("dpkg-query", "-W", "-f", "${Version}", package) is (0, var version) ? version : "";

    private static (int Code, string Output) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
