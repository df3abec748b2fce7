using System.Text.Json;

namespace Parley.Client;

/// <summary>A request as the library builds it, before it has an id.</summary>
/// <param name="Type">The type name in the spelling of the connection's generation.</param>
/// <param name="WriteBody">Writes the members of the body.</param>
internal sealed record Request(string Type, Action<Utf8JsonWriter>? WriteBody = null)
{
    /// <summary>Writes the request's <c>metadata</c> array (protocol 14).</summary>
    public Action<Utf8JsonWriter>? WriteMetadata { get; init; }

    /// <summary>Whether a second execution does no harm, so that the request may be sent again when its answer was lost.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>
    /// Called with a good answer on the receiving task, before any later frame is looked at. A subscription becomes live here: what arrives after its
    /// answer is its own, what arrived before is not.
    /// </summary>
    public Action<JsonElement>? OnAnswer { get; init; }

    public byte[] Encode(string id)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("kind", "req");
        writer.WriteString("id", id);
        writer.WriteString("type", Type);
        writer.WriteStartObject("body");
        WriteBody?.Invoke(writer);
        writer.WriteEndObject();
        if (WriteMetadata is not null)
        {
            writer.WritePropertyName("metadata");
            WriteMetadata(writer);
        }
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
