using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Parley.Protocol.Requests;

/// <summary>The event of a receipt (protocol 10.2).</summary>
public static class ReceiptEvent
{
    private const string List = "sequenceList";
    private static readonly JsonWriterOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The numbers it names, in whatever form.</summary>
    public static IEnumerable<long> Sequences(ReadOnlySpan<byte> json) => Lenient.Parse(json).Member(List).Items().Select(n => n.Integer()).OfType<long>();

    /// <summary>The same event with these numbers, as a real list and once: clients go through it (protocol 25.5).</summary>
    public static byte[] WithSequences(ReadOnlySpan<byte> json, IEnumerable<long> sequences)
    {
        var buffer = new ArrayBufferWriter<byte>(json.Length + 16);
        using var writer = new Utf8JsonWriter(buffer, Unescaped);
        writer.WriteStartObject();
        foreach (var member in Lenient.Parse(json).EnumerateObject())
        {
            if (!member.NameEquals(List)) member.WriteTo(writer);
        }

        writer.WriteStartArray(List);
        foreach (var sequence in sequences) writer.WriteNumberValue(sequence);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
