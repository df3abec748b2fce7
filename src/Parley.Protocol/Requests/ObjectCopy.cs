using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Parley.Protocol.Requests;

/// <summary>Makes null what it means, absent, in what is shown to others: clients take a member that is there for one that is set.</summary>
internal static class NullMembers
{
    private static readonly JsonWriterOptions AsItCame = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The object without its members that are null; those of objects in it stay.</summary>
    /// <param name="json">The raw JSON of an object, known to be well-formed.</param>
    public static byte[] Drop(ReadOnlySpan<byte> json)
    {
        var written = new ArrayBufferWriter<byte>(json.Length);
        using (var writer = new Utf8JsonWriter(written, AsItCame))
        {
            writer.WriteStartObject();
            foreach (var member in Lenient.Parse(json).EnumerateObject())
            {
                if (member.Value.ValueKind != JsonValueKind.Null) member.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return written.WrittenSpan.ToArray();
    }
}
