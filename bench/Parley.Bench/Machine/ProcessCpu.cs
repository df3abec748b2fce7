using System.Globalization;
using Parley.Bench.Load;

namespace Parley.Bench.Machine;

/// <summary>Processor time of a process, from <c>/proc</c>.</summary>
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

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
