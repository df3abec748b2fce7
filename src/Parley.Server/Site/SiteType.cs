using System.Collections.Frozen;

namespace Parley.Server.Site;

/// <summary>What the endings of file names mean; what ends otherwise is not served.</summary>
internal static class SiteType
{
    private static readonly FrozenDictionary<string, string> ByEnding = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json",
        [".webmanifest"] = "application/manifest+json",
        [".txt"] = "text/plain; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".webp"] = "image/webp",
        [".avif"] = "image/avif",
        [".ico"] = "image/x-icon",
        [".woff2"] = "font/woff2",
        [".mp3"] = "audio/mpeg",
        [".ogg"] = "audio/ogg",
        [".wav"] = "audio/wav",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The content type of a file, or null when such files are not served.</summary>
    public static string? Of(string name) => ByEnding.GetValueOrDefault(Path.GetExtension(name));
}
