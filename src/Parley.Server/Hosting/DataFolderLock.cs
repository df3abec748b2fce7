namespace Parley.Server.Hosting;

/// <summary>Makes this process the only one that works in a data folder; the kernel releases it when the process dies.</summary>
public sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <exception cref="DataFolderInUseException">Another process, or this one, holds it.</exception>
    public static DataFolderLock Acquire(string directory)
    {
        try
        {
            return new DataFolderLock(new FileStream(Path.Combine(directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            throw new DataFolderInUseException(directory);
        }
    }

    public void Dispose() => _file.Dispose();
}
