using Parley.Journal.Tests.Postgres.Support;
using Xunit.Runner.InProc.SystemConsole;

namespace Parley.Journal.Tests;

/// <summary>Runs the tests, or, for tests that kill processes, a node that publishes.</summary>
internal static class Program
{
    public static Task<int> Main(string[] arguments) =>
        arguments is [NodeProcess.Command, var connectionString, var run] ? NodeProcess.Publish(connectionString, run) : ConsoleRunner.Run(arguments);
}
