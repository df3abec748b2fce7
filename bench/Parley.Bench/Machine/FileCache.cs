using Parley.Bench.Load;

namespace Parley.Bench.Machine;

/// <summary>What the system keeps of files in memory.</summary>
internal static class FileCache
{
    /// <summary>Writes out and forgets it.</summary>
    /// <returns>False where that may not be done.</returns>
    public static bool TryDrop()
    {
        Libc.SyncAll();
        try
        {
            File.WriteAllText("/proc/sys/vm/drop_caches", "3");
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
