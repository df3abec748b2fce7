using Parley.Commands;

namespace Parley.Tests;

/// <summary>
/// What is run as <c>parley</c>: the executable that the variable <c>PARLEY</c> names, which is the one that is shipped and compiled ahead, else the one
/// that was built.
/// </summary>
internal static class Executable
{
    private static readonly string? Published = Environment.GetEnvironmentVariable("PARLEY") is { Length: > 0 } path ? path : null;

    /// <summary>The program, before its arguments.</summary>
    public static string Program => Published ?? "dotnet";

    /// <summary>What the program is given before the arguments of a command.</summary>
    public static IReadOnlyList<string> First => Published is null ? [typeof(ConnectCommand).Assembly.Location] : [];

    /// <summary>Both for a shell.</summary>
    public static string CommandLine => string.Join(' ', new[] { Program }.Concat(First).Select(word => $"'{word}'"));
}
