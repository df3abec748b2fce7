using System.Text;
using System.Text.Json;

namespace Parley.Protocol.Envelope;

/// <summary>
/// A request frame taken apart (protocol 7.1): slices of the frame, nothing copied. The whole frame is known to be one
/// well-formed JSON object when <see cref="TryRead"/> returned true.
/// </summary>
public ref struct RequestEnvelope
{
    /// <summary>The longest accepted request id, in characters.</summary>
    public const int LongestId = 64;

    /// <summary>The characters of the request's id as they must appear between the quotes of <c>reqId</c>; empty when it had none that can be used.</summary>
    public ReadOnlySpan<byte> Id;

    /// <summary>The type name, unescaped text; empty when missing.</summary>
    public ReadOnlySpan<byte> Type;

    /// <summary>The raw JSON of <c>body</c>; empty when missing or null.</summary>
    public ReadOnlySpan<byte> Body;

    /// <summary>The raw JSON of <c>headers</c> when it is an array or a single header; empty otherwise (clients also send null and true).</summary>
    public ReadOnlySpan<byte> Headers;

    /// <summary>
    /// The raw JSON array of <c>metadata</c> (protocol 14), elements untouched; empty when there are none. A single
    /// element sent for the array has become an array: clients iterate what they are shown.
    /// </summary>
    public ReadOnlySpan<byte> Metadata;

    /// <summary>The raw JSON string of <c>encodedMetadata</c>, quotes included; empty when missing or null.</summary>
    public ReadOnlySpan<byte> EncodedMetadata;

    /// <summary>Takes a frame apart.</summary>
    /// <param name="frame">One text message.</param>
    /// <param name="envelope">The parts found; <see cref="Id"/> may be usable even when the frame is refused.</param>
    /// <param name="error">Why the frame is refused, for the error body.</param>
    public static bool TryRead(ReadOnlySpan<byte> frame, out RequestEnvelope envelope, out string error)
    {
        envelope = default;
        if (SurrogateEscapes.HasHalf(frame))
        {
            error = "A string holds half a surrogate pair";
            return false;
        }

        error = "Not a JSON object";
        var members = default(RequestEnvelope);
        var fault = "";
        try
        {
            var reader = new Utf8JsonReader(frame);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) ReadMember(ref reader, frame, ref members, ref fault);
            if (reader.Read()) return false;
        }
        catch (JsonException)
        {
            error = "Malformed JSON";
            return false;
        }
        finally
        {
            envelope = members;
        }

        if (envelope.Id.IsEmpty)
        {
            error = "id is missing or longer than 64 characters";
            return false;
        }

        error = envelope.Type.IsEmpty ? "type is missing" : fault;
        return error.Length == 0;
    }

    private static void ReadMember(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> frame, scoped ref RequestEnvelope envelope, scoped ref string fault)
    {
        if (reader.ValueTextEquals("id"u8))
        {
            reader.Read();
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number && LengthOf(ref reader) <= LongestId) envelope.Id = reader.ValueSpan;
            reader.Skip();
        }
        else if (reader.ValueTextEquals("type"u8))
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
                envelope.Type = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
            reader.Skip();
        }
        else if (reader.ValueTextEquals("body"u8))
        {
            envelope.Body = ReadValue(ref reader, frame);
        }
        else if (reader.ValueTextEquals("headers"u8))
        {
            var value = ReadValue(ref reader, frame);
            if (!value.IsEmpty && value[0] is (byte)'[' or (byte)'{') envelope.Headers = value;
        }
        else if (reader.ValueTextEquals("metadata"u8))
        {
            if (!TryReadMetadata(ref reader, frame, out envelope.Metadata)) fault = "metadata must be a list of objects";
        }
        else if (reader.ValueTextEquals("encodedMetadata"u8))
        {
            envelope.EncodedMetadata = ReadValue(ref reader, frame);
            if (!envelope.EncodedMetadata.IsEmpty && envelope.EncodedMetadata[0] != '"') fault = "encodedMetadata must be text";
        }
        else
        {
            reader.Read();
            reader.Skip();
        }
    }

    private static bool TryReadMetadata(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> metadata)
    {
        reader.Read();
        metadata = default;
        if (reader.TokenType == JsonTokenType.Null) return true;
        var start = (int)reader.TokenStartIndex;
        var isList = reader.TokenType == JsonTokenType.StartArray;
        var areObjects = isList || reader.TokenType == JsonTokenType.StartObject;
        if (!isList) reader.Skip();
        while (isList && reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            areObjects &= reader.TokenType == JsonTokenType.StartObject;
            reader.Skip();
        }

        if (!areObjects) return false;
        var value = frame[start..(int)reader.BytesConsumed];
        if (value[1..^1].ContainsAnyExcept(" \t\r\n"u8)) metadata = isList ? value : (byte[])[(byte)'[', .. value, (byte)']'];
        return true;
    }

    private static int LengthOf(scoped ref Utf8JsonReader reader) =>
        reader.ValueSpan.Length <= LongestId ? reader.ValueSpan.Length
        : reader.ValueIsEscaped ? reader.GetString()!.Length
        : Encoding.UTF8.GetCharCount(reader.ValueSpan);

    private static ReadOnlySpan<byte> ReadValue(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> frame)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        var isNull = reader.TokenType == JsonTokenType.Null;
        reader.Skip();
        return isNull ? default : frame[start..(int)reader.BytesConsumed];
    }
}
