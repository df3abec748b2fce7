using System.Diagnostics;

namespace Parley.Cluster.Tests.Serving;

/// <summary>What is run as <c>parley</c>: the executable that the variable PARLEY names, else the one that was built.</summary>
internal static class Executable
{
    private static readonly string? Published = Environment.GetEnvironmentVariable("PARLEY") is { Length: > 0 } path ? path : null;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static Process Start(NodePlace place, params string[] arguments)
    {
        string[] line = [.. place.Enter, .. Published is null ? (string[])["dotnet", Path.Combine(AppContext.BaseDirectory, "parley.dll")] : [Published], .. arguments];
        return Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Start(NodePlace.Loopback, arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output, await error);
    }
}
