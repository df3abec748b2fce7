using System.Buffers;

namespace Parley.Server.Files;

/// <summary>Files in a folder, one below it for each account, for their owner alone.</summary>
internal sealed class FolderFileStore(string folder) : IFileStore
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int PieceBytes = 64 * 1024;

    /// <summary>Written under another name, synced, then renamed: under its own name a file is always whole.</summary>
    public async Task<long?> PutAsync(FilePath path, Stream content, long mostBytes, CancellationToken cancellationToken)
    {
        var unfinished = Unfinished(path);
        CreateFolder(Path.GetDirectoryName(unfinished)!);
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            long size = 0;
            await using (var file = Create(unfinished))
            {
                for (int read; (read = await content.ReadAsync(piece, cancellationToken)) > 0;)
                {
                    size += read;
                    if (size > mostBytes) return null;
                    await file.WriteAsync(piece.AsMemory(0, read), cancellationToken);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, Finished(path), overwrite: true);
            return size;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
            File.Delete(unfinished);
        }
    }

    public Task<Stream?> OpenAsync(FilePath path, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult<Stream?>(new FileStream(Finished(path), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task<bool> ExistsAsync(FilePath path, CancellationToken cancellationToken) => Task.FromResult(File.Exists(Finished(path)));

    public Task DeleteAsync(FilePath path, CancellationToken cancellationToken)
    {
        foreach (var file in (string[])[Finished(path), Unfinished(path)])
        {
            if (File.Exists(file)) File.Delete(file);
        }

        return Task.CompletedTask;
    }

    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, Private | UnixFileMode.UserExecute);
    }

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Private;
        return new FileStream(path, options);
    }

    private string Finished(FilePath path) => Path.Combine(folder, path.AccountId, path.Name);

    private string Unfinished(FilePath path) => Finished(path) + ".part";
}
