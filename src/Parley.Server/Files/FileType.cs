using System.Buffers;

namespace Parley.Server.Files;

/// <summary>A kind of file that can be shared: how it is announced, how it is served, how it begins.</summary>
internal sealed record FileType(string Name, string ContentType, params byte[][] Beginnings)
{
    private static readonly byte[] Jpeg = [0xff, 0xd8, 0xff];
    private static readonly byte[] Zip = [.. "PK\u0003\u0004"u8];

    /// <summary>The kinds an account can allow.</summary>
    public static IReadOnlyList<FileType> All { get; } =
    [
        new("JPG", "image/jpeg", Jpeg),
        new("JPEG", "image/jpeg", Jpeg),
        new("PNG", "image/png", [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]),
        new("GIF", "image/gif", [.. "GIF87a"u8], [.. "GIF89a"u8]),
        new("PDF", "application/pdf", [.. "%PDF-"u8]),
        new("TXT", "text/plain; charset=utf-8"),
        new("DOCX", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Zip),
        new("PPTX", "application/vnd.openxmlformats-officedocument.presentationml.presentation", Zip),
        new("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Zip),
    ];

    /// <summary>The longest beginning, bytes.</summary>
    public static int LongestBeginning { get; } = All.SelectMany(type => type.Beginnings).Max(beginning => beginning.Length);

    /// <summary>The kind by its name in any case, or by the subtype of its MIME type, which some clients send instead.</summary>
    public static FileType? Find(string? name) =>
        All.FirstOrDefault(type => type.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? All.FirstOrDefault(type => type.Subtype.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a file that begins so can be of this kind; text may begin with anything.</summary>
    public bool Matches(in ReadOnlySequence<byte> content)
    {
        if (Beginnings.Length == 0) return true;
        var head = content.Slice(0, Math.Min(content.Length, LongestBeginning)).ToArray();
        return Beginnings.Any(beginning => head.AsSpan().StartsWith(beginning));
    }

    private string Subtype => ContentType.Split('/', ';')[1];
}
