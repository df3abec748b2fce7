using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace Parley.Server.Site;

/// <summary>
/// The folder with the built pages. Small files are kept in memory until they change on disk, up to a bound; nothing is read before
/// it is asked for.
/// </summary>
/// <param name="root">The folder, or null for none.</param>
internal sealed class SiteFolder(string? root)
{
    internal const int LargestKept = 512 * 1024;
    private const long MostKept = 8 * 1024 * 1024;

    private readonly string? _root = root is null ? null : Path.GetFullPath(root);
    private readonly ConcurrentDictionary<string, SiteFile> _kept = new(StringComparer.Ordinal);
    private long _bytesKept;

    /// <summary>Whether there are pages now.</summary>
    public bool Exists => _root is not null && Directory.Exists(_root);

    /// <summary>A file by its names below the folder, in one encoding; null when there is none.</summary>
    /// <param name="path">Names with slashes between.</param>
    /// <param name="encoding"><c>br</c>, <c>gzip</c>, or null for the file itself.</param>
    public async ValueTask<SiteFile?> FindAsync(string path, string? encoding, CancellationToken cancellation)
    {
        if (_root is null || !path.Split('/').All(IsName)) return null;
        var full = Path.Combine(_root, path) + (encoding switch { null => "", "br" => ".br", _ => ".gz" });
        var onDisk = new FileInfo(full);
        // The build makes no links: one would lead out of the folder.
        if (!onDisk.Exists || onDisk.LinkTarget is not null) return null;
        if (_kept.TryGetValue(full, out var known) && known.Changed == onDisk.LastWriteTimeUtc && known.Bytes!.Length == onDisk.Length) return known;
        if (onDisk.Length > LargestKept)
        {
            return new SiteFile(full, encoding, $"\"{onDisk.LastWriteTimeUtc.Ticks.ToString("x", CultureInfo.InvariantCulture)}-{onDisk.Length:x}\"", onDisk.LastWriteTimeUtc, null);
        }

        var bytes = await File.ReadAllBytesAsync(full, cancellation);
        var file = new SiteFile(full, encoding, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"", onDisk.LastWriteTimeUtc, bytes);
        Keep(file);
        return file;
    }

    // When what is kept becomes too much it begins anew: a site outgrows the bound only by being built again and again.
    private void Keep(SiteFile file)
    {
        if (Interlocked.Add(ref _bytesKept, file.Bytes!.Length) > MostKept)
        {
            _kept.Clear();
            Interlocked.Exchange(ref _bytesKept, file.Bytes.Length);
        }

        _kept[file.Path] = file;
    }

    private static bool IsName(string name) => name is { Length: > 0 and <= 128 } && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
