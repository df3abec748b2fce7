using Parley.Conversations;
using Parley.Conversations.Events;

namespace Parley.Journal.Encoding;

/// <summary>
/// The packed form of a numbered event: the same in a journal group and in a row of <c>message</c>. The encoded metadata,
/// which few have, follows at the end: a row ends before it or has it, a group tells by the tag.
/// </summary>
internal static class MessageCodec
{
    public static void Write(ByteWriter to, MessagePublished m)
    {
        to.Varint(m.Version);
        to.Varint(m.Timestamp);
        to.Text(m.DialogId);
        to.Varint(m.Sequence);
        to.Text(m.OriginatorId);
        to.Byte((byte)m.OriginatorRole);
        to.Byte((byte)m.Audience);
        to.Byte((byte)m.Kind);
        to.Varint(m.ReadThrough + 1); // -1, "reads nothing", takes one byte
        to.Text(m.EventId);
        to.Bytes(m.Metadata, m.Metadata is null);
        to.Bytes(m.Body);
        if (m.EncodedMetadata is { } encoded) to.Bytes(encoded);
    }

    /// <exception cref="FormatException">The bytes are not a packed event.</exception>
    public static MessagePublished Read(ref ByteReader from, bool hasEncodedMetadata)
    {
        var message = Read(ref from);
        return hasEncodedMetadata ? message with { EncodedMetadata = from.Bytes(out _).ToArray() } : message;
    }

    /// <summary>Reads a whole row.</summary>
    /// <inheritdoc cref="Read(ref ByteReader, bool)" path="/exception"/>
    public static MessagePublished Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var message = Read(ref reader);
        return reader.AtEnd ? message : message with { EncodedMetadata = reader.Bytes(out _).ToArray() };
    }

    /// <summary>Reads of a whole row who published it, and the id that he gave it.</summary>
    /// <inheritdoc cref="Read(ref ByteReader, bool)" path="/exception"/>
    public static (string OriginatorId, string? EventId) ReadIds(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        reader.Varint();
        reader.Varint();
        reader.Bytes(out _);
        reader.Varint();
        var originatorId = reader.RequiredText();
        for (var i = 0; i < 3; i++) reader.Byte();
        reader.Varint();
        return (originatorId, reader.Text());
    }

    private static MessagePublished Read(ref ByteReader from)
    {
        var version = from.Varint();
        var timestamp = from.Varint();
        var dialogId = from.RequiredText();
        var sequence = from.Varint();
        var originatorId = from.RequiredText();
        var role = (Role)from.Byte();
        var audience = (Audience)from.Byte();
        var kind = (MessageKind)from.Byte();
        var readThrough = from.Varint() - 1;
        var eventId = from.Text();
        var metadata = from.Bytes(out var noMetadata);
        return new MessagePublished
        {
            Version = version,
            Timestamp = timestamp,
            DialogId = dialogId,
            Sequence = sequence,
            OriginatorId = originatorId,
            OriginatorRole = role,
            Audience = audience,
            Kind = kind,
            ReadThrough = readThrough,
            EventId = eventId,
            Metadata = noMetadata ? null : metadata.ToArray(),
            Body = from.Bytes(out _).ToArray(),
        };
    }
}
