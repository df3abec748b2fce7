using System.Text.Json;

namespace Parley.Protocol.Requests;

/// <summary>The message of an event that shares a file (protocol 10.2, ch. 11): <c>{caption?, relativePath, fileType, preview?}</c>.</summary>
public static class HostedFile
{
    /// <summary>The longest preview, characters of its data URL.</summary>
    public const int LongestPreview = 30 * 1024;

    /// <summary>Whether the reader is at the content type of such an event: the tutorial's, or the schema's.</summary>
    internal static bool IsContentType(scoped ref Utf8JsonReader reader) => reader.ValueTextEquals("hosted/file"u8) || reader.ValueTextEquals("HostedFile"u8);

    /// <summary>Reads an event that shares a file.</summary>
    /// <param name="e">The raw JSON of the <c>event</c>, known to be well-formed.</param>
    /// <param name="maxCaption">The longest caption, characters.</param>
    /// <param name="relativePath">Which file it shares.</param>
    /// <param name="error">Why it is refused.</param>
    public static bool TryRead(ReadOnlySpan<byte> e, int maxCaption, out string relativePath, out string error)
    {
        var value = Lenient.Parse(e).Member("message");
        var caption = value.Member("caption");
        var preview = value.Member("preview");
        relativePath = TextOf(value.Member("relativePath")) ?? "";
        error = relativePath.Length == 0 ? "event.message.relativePath is missing"
            : string.IsNullOrEmpty(TextOf(value.Member("fileType"))) ? "event.message.fileType is missing"
            : caption.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.String) ? "event.message.caption must be text"
            : TextOf(caption)?.Length > maxCaption ? "event.message.caption is longer than the limit"
            : (TextOf(preview) ?? (preview.ValueKind == JsonValueKind.Undefined ? "" : preview.GetRawText())).Length > LongestPreview ? "event.message.preview is larger than 30 kB"
            : "";
        return error.Length == 0;
    }

    /// <summary>Which file an event shares, or null when it shares none.</summary>
    /// <param name="e">The raw JSON of an <c>event</c>.</param>
    public static string? PathOf(ReadOnlySpan<byte> e)
    {
        var value = Lenient.Parse(e);
        return TextOf(value.Member("contentType")) is "hosted/file" or "HostedFile" ? TextOf(value.Member("message").Member("relativePath")) : null;
    }

    private static string? TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
