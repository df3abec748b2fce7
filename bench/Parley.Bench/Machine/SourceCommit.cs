using System.Diagnostics;

namespace Parley.Bench.Machine;

/// <summary>The commit that is measured, with <c>-dirty</c> when the working tree differs from it.</summary>
internal static class SourceCommit
{
    public static string Read()
    {
        var commit = Git("rev-parse", "--short=10", "HEAD");
        return commit.Length == 0 ? "unknown" : Git("status", "--porcelain", "--", "src", "bench", ":!bench/results").Length == 0 ? commit : $"{commit}-dirty";
    }

    private static string Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return output;
    }
}
