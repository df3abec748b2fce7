using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Conversations.Events;

namespace Parley.Journal.Encoding;

/// <summary>A message inside a state: its packed form, in base64.</summary>
internal sealed class MessageConverter : JsonConverter<MessagePublished>
{
    public override MessagePublished Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        MessageCodec.Read(reader.GetBytesFromBase64());

    public override void Write(Utf8JsonWriter writer, MessagePublished value, JsonSerializerOptions options)
    {
        var packed = new ByteWriter();
        MessageCodec.Write(packed, value);
        writer.WriteBase64StringValue(packed.Written);
    }
}
