using System.Collections.Concurrent;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests.Faults;

/// <summary>
/// A temporary folder whose files SQLite reaches through <see cref="FaultVfs"/>: every step can be recorded, preceded by a
/// callback, or made to fail. One step at a time, so that what a callback sees of the folder is what a crash at that point leaves.
/// </summary>
internal sealed class FaultyFolder : IDisposable
{
    private static readonly ConcurrentDictionary<string, FaultyFolder> Folders = [];
    private readonly Lock _gate = new();
    private readonly List<FileOperation> _operations = [];

    public FaultyFolder()
    {
        Path = TemporaryFolder.Make();
        Folders[Path] = this;
    }

    public string Path { get; }

    /// <summary>Decides about each step, before it is done; on the thread that does it.</summary>
    public Func<FileOperation, Fault>? Before { get; set; }

    /// <summary>Told of each step that was done without a fault.</summary>
    public Action<FileOperation>? After { get; set; }

    public IReadOnlyList<FileOperation> Operations
    {
        get { lock (_gate) return [.. _operations]; }
    }

    public static FaultyFolder? Of(string path) => Folders.GetValueOrDefault(System.IO.Path.GetDirectoryName(path)!);

    /// <summary>Copies the files as they are: what the death of the process leaves.</summary>
    public void CopyTo(string folder)
    {
        foreach (var file in Directory.GetFiles(Path))
        {
            if (!file.EndsWith("-shm", StringComparison.Ordinal)) File.Copy(file, System.IO.Path.Combine(folder, System.IO.Path.GetFileName(file)), overwrite: true);
        }
    }

    public int Do(string path, FileAction action, Func<Fault, int> work)
    {
        lock (_gate)
        {
            var operation = new FileOperation(_operations.Count + 1, System.IO.Path.GetFileName(path), action);
            _operations.Add(operation);
            var fault = Before?.Invoke(operation) ?? Fault.None;
            var result = work(fault);
            if (fault == Fault.None && result == 0) After?.Invoke(operation);
            return result;
        }
    }

    public void Dispose()
    {
        Folders.TryRemove(Path, out _);
        Directory.Delete(Path, recursive: true);
    }
}
