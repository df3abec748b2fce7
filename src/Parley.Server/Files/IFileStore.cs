namespace Parley.Server.Files;

/// <summary>
/// Where the bytes of shared files are. An implementation keeps the promises that <c>FileStoreConformance</c> tests: what
/// was put is whole and durable when the call returns, and what was not put whole is not there at all.
/// </summary>
public interface IFileStore
{
    /// <summary>Stores a file under a path, in the place of what was there.</summary>
    /// <param name="path">Made by the server.</param>
    /// <param name="content">Read to its end. When reading it throws, nothing is kept.</param>
    /// <param name="mostBytes">When there are more, nothing is kept.</param>
    /// <param name="cancellationToken">When cancelled, nothing is kept.</param>
    /// <returns>The file's size, or null when it has more than <paramref name="mostBytes"/>.</returns>
    /// <exception cref="IOException">The storage has trouble; nothing is kept.</exception>
    Task<long?> PutAsync(FilePath path, Stream content, long mostBytes, CancellationToken cancellationToken);

    /// <summary>The file from its beginning, for the caller to dispose; it can seek. Null when there is none.</summary>
    /// <exception cref="IOException">The storage has trouble.</exception>
    Task<Stream?> OpenAsync(FilePath path, CancellationToken cancellationToken);

    /// <exception cref="IOException">The storage has trouble.</exception>
    Task<bool> ExistsAsync(FilePath path, CancellationToken cancellationToken);

    /// <summary>Removes the file and whatever an interrupted put left of it; nothing happens when there is none.</summary>
    /// <exception cref="IOException">The storage has trouble.</exception>
    Task DeleteAsync(FilePath path, CancellationToken cancellationToken);
}
