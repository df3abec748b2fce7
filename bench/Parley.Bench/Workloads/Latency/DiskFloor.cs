using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Parley.Bench.Load;

namespace Parley.Bench.Workloads.Latency;

/// <summary>What making anything durable costs at least: an fdatasync after overwriting 1 kB of a file whose blocks were all written before.</summary>
internal sealed class DiskFloor : IDisposable
{
    private const int FileBytes = 16 * 1024 * 1024;
    private const int WriteBytes = 1024;

    private readonly byte[] _block = new byte[WriteBytes];
    private readonly SafeFileHandle _file;
    private long _offset;

    /// <param name="folder">On the disk that is measured.</param>
    public DiskFloor(string folder)
    {
        _file = File.OpenHandle(Path.Combine(folder, "floor"), FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);
        RandomAccess.Write(_file, new byte[FileBytes], 0);
        RandomAccess.FlushToDisk(_file);
        Random.Shared.NextBytes(_block);
    }

    public Histogram Syncs { get; } = new();

    /// <summary>Overwrites and syncs for so long.</summary>
    public void Run(TimeSpan duration)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < duration; _offset = (_offset + WriteBytes) % FileBytes)
        {
            RandomAccess.Write(_file, _block, _offset);
            var start = Stopwatch.GetTimestamp();
            if (Libc.SyncData((int)_file.DangerousGetHandle()) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
            Syncs.Record((long)Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }
    }

    public void Dispose() => _file.Dispose();
}
