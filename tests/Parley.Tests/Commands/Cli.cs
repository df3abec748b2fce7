using Parley.Tests.Shell;

namespace Parley.Tests.Commands;

/// <summary>Runs one command to its end.</summary>
internal static class Cli
{
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string? input, params string[] arguments)
    {
        await using var process = ParleyProcess.Start(arguments);
        await process.Input.WriteAsync(input);
        process.Input.Close();
        return await process.EndAsync();
    }
}
