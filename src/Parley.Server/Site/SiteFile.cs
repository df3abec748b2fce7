namespace Parley.Server.Site;

/// <summary>A file of the site in one encoding.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Encoding">How it is compressed (<c>br</c>, <c>gzip</c>), or null.</param>
/// <param name="Tag">Names its content, in quotes.</param>
/// <param name="Changed">When it was written.</param>
/// <param name="Bytes">All of it, or null when it is read from the disk each time.</param>
internal sealed record SiteFile(string Path, string? Encoding, string Tag, DateTime Changed, byte[]? Bytes);
