using Parley.Bench.Load;

namespace Parley.Bench.Workloads;

/// <summary>What is measured, and where files go.</summary>
/// <param name="Server">A published <c>parley</c>.</param>
/// <param name="Disk">Folder on the disk that is measured.</param>
/// <param name="Results">Folder for raw figures.</param>
internal sealed record BenchFolders(string Server, string Disk, string Results)
{
    /// <summary>Emptied by <see cref="Fresh"/>; hence never a folder that somebody named.</summary>
    public string Data { get; } = Path.Combine(Disk, "parley-bench");

    /// <summary>The hub that SignalR is measured with, as <c>bench/run</c> builds it.</summary>
    public string SignalR { get; } = Path.GetFullPath("bench/Parley.Bench.SignalR/bin/Release/net10.0/Parley.Bench.SignalR");

    /// <summary>A data folder that does not exist yet. What earlier ones left to be written is written first, so that nobody pays for it later.</summary>
    public string Fresh()
    {
        if (Directory.Exists(Data)) Directory.Delete(Data, recursive: true);
        Directory.CreateDirectory(Data);
        Libc.SyncAll();
        return Path.Combine(Data, "data");
    }
}
