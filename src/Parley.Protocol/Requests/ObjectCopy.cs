using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Parley.Protocol.Requests;

/// <summary>Changes what is shown to others and leaves the rest as it came.</summary>
internal static class ObjectCopy
{
    private static readonly JsonWriterOptions AsItCame = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The object with some of its members and with more; objects in it stay as they are.</summary>
    /// <param name="json">The raw JSON of an object, known to be well-formed.</param>
    /// <param name="isKept">Which members.</param>
    /// <param name="more">Writes further members.</param>
    public static byte[] Of(ReadOnlySpan<byte> json, Func<JsonProperty, bool> isKept, Action<Utf8JsonWriter>? more = null)
    {
        var written = new ArrayBufferWriter<byte>(json.Length);
        using var writer = new Utf8JsonWriter(written, AsItCame);
        writer.WriteStartObject();
        foreach (var member in Lenient.Parse(json).EnumerateObject())
        {
            if (isKept(member)) member.WriteTo(writer);
        }

        more?.Invoke(writer);
        writer.WriteEndObject();
        writer.Flush();
        return written.WrittenSpan.ToArray();
    }
}
