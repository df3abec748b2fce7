using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Conversations;

namespace Parley.Journal.Encoding;

/// <summary>
/// All entries of a content log, oldest first, packed and in base64. Not only the ones it promises to keep: a state read back
/// must evolve exactly like the one that was never written.
/// </summary>
internal sealed class ContentLogConverter : JsonConverter<ContentLog>
{
    public override ContentLog? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        var packed = new ByteReader(reader.GetBytesFromBase64());
        var names = new string[packed.Varint()];
        for (var i = 0; i < names.Length; i++) names[i] = packed.RequiredText();

        ContentLog? log = null;
        var sequence = 0L;
        while (!packed.AtEnd)
        {
            sequence += packed.Varint();
            var name = names[packed.Varint()];
            log = ContentLog.Append(log, sequence, name, (Audience)packed.Byte());
        }

        return log;
    }

    public override void Write(Utf8JsonWriter writer, ContentLog value, JsonSerializerOptions options)
    {
        var entries = value.Newest(value.Count).Reverse().ToList();
        var names = entries.Select(e => e.OriginatorId).Distinct().ToList();
        var packed = new ByteWriter();
        packed.Varint(names.Count);
        foreach (var name in names) packed.Text(name);

        var sequence = 0L;
        foreach (var entry in entries)
        {
            packed.Varint(entry.Sequence - sequence);
            packed.Varint(names.IndexOf(entry.OriginatorId));
            packed.Byte((byte)entry.Audience);
            sequence = entry.Sequence;
        }

        writer.WriteBase64StringValue(packed.Written);
    }
}
