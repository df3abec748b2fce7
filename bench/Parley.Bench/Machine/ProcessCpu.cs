using System.Globalization;
using Parley.Bench.Load;

namespace Parley.Bench.Machine;

/// <summary>Processor time and memory of a process, from <c>/proc</c>.</summary>
internal static class ProcessCpu
{
    private const int UserTime = 11;
    private const int SystemTime = 12;

    private static readonly double TicksPerSecond = Libc.SystemConfiguration(Libc.ClockTicks);

    /// <summary>Seconds of all its threads, in user mode and in the kernel; steps of 10 ms.</summary>
    public static double Seconds(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        // The name, in parentheses, may itself hold blanks.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (Number(fields[UserTime]) + Number(fields[SystemTime])) / TicksPerSecond;
    }

    /// <summary>Resident memory, MB.</summary>
    public static double ResidentMegabytes(int process) =>
        Number(File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1]) / 1024.0;

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
