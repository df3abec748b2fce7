using System.CommandLine;
using System.ComponentModel;
using Parley.Bench;

try
{
    return await BenchCommands.Create().Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is IOException or TimeoutException or HttpRequestException or Win32Exception)
{
    // The server or the machine: nothing was measured. Anything else is a fault of the bench and shows where.
    Console.Error.WriteLine($"bench: {e.Message}");
    return 1;
}
