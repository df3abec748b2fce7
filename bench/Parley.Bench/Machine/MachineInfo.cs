using System.Runtime.InteropServices;

namespace Parley.Bench.Machine;

/// <summary>What the figures were measured on.</summary>
/// <param name="Cores">Processors that this process may use.</param>
/// <param name="Cpu">Their model.</param>
/// <param name="MemoryGigabytes">All of it.</param>
/// <param name="Kernel">Release of Linux.</param>
/// <param name="Runtime">Of the bench, and of a server that is published on this machine.</param>
/// <param name="Disk">File system and device of the data folder.</param>
/// <param name="MountOptions">Of that file system; some make a sync mean less.</param>
internal sealed record MachineInfo(int Cores, string Cpu, double MemoryGigabytes, string Kernel, string Runtime, string Disk, string MountOptions)
{
    /// <param name="dataFolder">Existing folder on the disk that is measured.</param>
    public static MachineInfo Read(string dataFolder)
    {
        var (disk, options) = MountOf(Path.GetFullPath(dataFolder));
        return new MachineInfo(
            Environment.ProcessorCount,
            Field("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
            Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Math.Pow(1024, 3), 1),
            File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
            RuntimeInformation.FrameworkDescription,
            disk,
            options);
    }

    private static string? Field(string file, string name) => File.ReadLines(file)
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Select(line => line[(line.IndexOf(':') + 1)..].Trim())
        .FirstOrDefault();

    // device mountpoint type options ...; the longest mount point that contains the folder has it.
    private static (string Disk, string Options) MountOf(string folder) => File.ReadLines("/proc/self/mounts")
        .Select(line => line.Split(' '))
        .Where(mount => folder == mount[1] || folder.StartsWith(mount[1].TrimEnd('/') + "/", StringComparison.Ordinal))
        .OrderBy(mount => mount[1].Length)
        .Select(mount => ($"{mount[2]} on {mount[0]}", mount[3]))
        .LastOrDefault(("unknown", "unknown"));
}
