using System.Globalization;

namespace Parley.Bench.Machine;

/// <summary>Memory of a process, from <c>/proc</c>.</summary>
internal static class ProcessMemory
{
    /// <summary>Resident now, MB.</summary>
    public static double ResidentMegabytes(int process) => Status(process, "VmRSS:");

    /// <summary>The most that was resident since <see cref="ResetPeak"/>, MB.</summary>
    public static double PeakMegabytes(int process) => Status(process, "VmHWM:");

    /// <summary>Forgets what was resident before.</summary>
    public static void ResetPeak(int process) => File.WriteAllText($"/proc/{process}/clear_refs", "5");

    private static double Status(int process, string name) =>
        long.Parse(
            File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture) / 1024.0;
}
