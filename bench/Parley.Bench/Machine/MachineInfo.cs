using System.Runtime.InteropServices;

namespace Parley.Bench.Machine;

/// <summary>What the figures were measured on.</summary>
internal sealed record MachineInfo(int Cores, string Cpu, double MemoryGigabytes, string Kernel, string Runtime, string DataDisk)
{
    /// <param name="dataFolder">Existing folder on the disk that is measured.</param>
    public static MachineInfo Read(string dataFolder) => new(
        Environment.ProcessorCount,
        Field("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Math.Round(double.Parse((Field("/proc/meminfo", "MemTotal") ?? "0 kB").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) / (1024 * 1024), 1),
        File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
        RuntimeInformation.FrameworkDescription,
        MountOf(Path.GetFullPath(dataFolder)));

    private static string? Field(string file, string name) => File.ReadLines(file)
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Select(line => line[(line.IndexOf(':') + 1)..].Trim())
        .FirstOrDefault();

    // device mountpoint type options ...; the longest mount point that contains the folder has it.
    private static string MountOf(string folder) => File.ReadLines("/proc/self/mounts")
        .Select(line => line.Split(' '))
        .Where(mount => folder == mount[1] || folder.StartsWith(mount[1].TrimEnd('/') + "/", StringComparison.Ordinal))
        .OrderBy(mount => mount[1].Length)
        .Select(mount => $"{mount[2]} on {mount[0]} ({mount[3]})")
        .LastOrDefault("unknown");
}
