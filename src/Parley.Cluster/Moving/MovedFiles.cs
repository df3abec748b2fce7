using System.Security.Cryptography;
using Parley.Server.Files;

namespace Parley.Cluster.Moving;

/// <summary>What is in shared files, on its way from one place to the other.</summary>
internal sealed class MovedFiles(IInstallation source, IInstallation target, Action<MoveProgress> progress, CancellationToken isOver)
{
    /// <summary>Files that are not there although they should be.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>Stores those that are not there yet. Each is stored whole or not at all.</summary>
    public async Task StoreAsync()
    {
        var done = 0L;
        foreach (var (path, _) in Named())
        {
            await using var content = await source.Files.OpenAsync(path, isOver);
            if (content is null) continue;
            await using (var there = await target.Files.OpenAsync(path, isOver))
            {
                if (there?.Length == content.Length) continue;
            }

            await target.Files.PutAsync(path, content, long.MaxValue, isOver);
            progress(new MoveProgress("files", ++done, null));
        }
    }

    /// <exception cref="InvalidDataException">One is not the same in both places.</exception>
    public async Task<MovedPart> CompareAsync()
    {
        Missing.Clear();
        var sum = default(RowSum);
        foreach (var (path, isStored) in Named())
        {
            var (one, other) = (await HashAsync(source.Files, path), await HashAsync(target.Files, path));
            if ((one is null) != (other is null) || (one is not null && !one.AsSpan().SequenceEqual(other))) throw new InvalidDataException($"File {path} is not the same in both places.");
            if (one is not null) sum += [path.ToString(), one];
            else if (isStored) Missing.Add(path.ToString());
            if (sum.Rows % 100 == 0) progress(new MoveProgress("comparing files", sum.Rows, null));
        }

        return new MovedPart("contents of files", sum.Rows, sum.Checksum);
    }

    private IEnumerable<(FilePath Path, bool IsStored)> Named() => source.Catalog.Read("files", ["path", "state"]).Select(row =>
        (FilePath.TryParse((string)row[0]!, out var path) ? path : throw new InvalidDataException("The catalogue names a file that is none."), (long)row[1]! == FileCatalog.Stored));

    private async Task<byte[]?> HashAsync(IFileStore store, FilePath path)
    {
        await using var content = await store.OpenAsync(path, isOver);
        return content is null ? null : await SHA256.HashDataAsync(content, isOver);
    }
}
