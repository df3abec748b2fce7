using System.Globalization;

namespace Parley.Journal;

/// <summary>The right to use a data folder: held by one process at a time, given back by the operating system however that process ends.</summary>
public sealed class DataFolderLock : IDisposable
{
    /// <summary>The lock's file in the folder; it holds the process id of the holder, for a human to look at.</summary>
    public const string FileName = "parley.lock";

    /// <summary>While this file is in the folder, an installation is being moved there.</summary>
    public const string UnfinishedImport = "import.unfinished";

    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, making the folder if there is none.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isImporting">For whoever moves an installation there.</param>
    /// <exception cref="DataFolderInUseException">Another process, or another server in this one, holds it.</exception>
    /// <exception cref="UnfinishedImportException">What is there is not whole.</exception>
    public static DataFolderLock TryAcquire(string folder, bool isImporting = false)
    {
        Directory.CreateDirectory(folder);
        FileStream file;
        try
        {
            file = new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.GetType() == typeof(IOException))
        {
            throw new DataFolderInUseException(folder, e);
        }

        if (!isImporting && File.Exists(Path.Combine(folder, UnfinishedImport)))
        {
            file.Dispose();
            throw new UnfinishedImportException(folder);
        }

        file.SetLength(0);
        file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
        file.Flush();
        return new DataFolderLock(file);
    }

    /// <summary>Gives the folder back. The file stays: removing it would let two processes lock two files of the same name.</summary>
    public void Dispose() => _file.Dispose();
}
