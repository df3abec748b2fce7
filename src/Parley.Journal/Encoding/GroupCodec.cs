using Parley.Conversations.Events;

namespace Parley.Journal.Encoding;

/// <summary>
/// One commit group as one block: format, group id, number of entries, checksum of the rest; then per entry the conversation's id,
/// the number of events and the events.
/// </summary>
internal static class GroupCodec
{
    private const byte Format = 1;
    private const int ChecksumAt = 1 + 8 + 4, HeaderLength = ChecksumAt + 4;

    /// <summary>Packs the entries that carry events; the others leave no trace.</summary>
    public static ReadOnlySpan<byte> Encode(ByteWriter to, long group, List<JournalEntry> entries)
    {
        to.Clear();
        to.Byte(Format);
        to.Int64(group);
        to.UInt32((uint)entries.Count(e => e.Events.Length > 0));
        to.UInt32(0);
        foreach (var entry in entries)
        {
            if (entry.Events.Length == 0) continue;
            to.Text(entry.StateAfter!.Id);
            to.Varint(entry.Events.Length);
            foreach (var e in entry.Events) EventCodec.Write(to, e);
        }

        to.UInt32At(ChecksumAt, Crc32C.Of(to.Written[HeaderLength..]));
        return to.Written;
    }

    /// <summary>Hands every entry of the block to <paramref name="each"/>, in log order.</summary>
    /// <exception cref="JournalCorruptException">The block is damaged or not this group's.</exception>
    public static void Decode(string file, long group, ReadOnlySpan<byte> block, Action<string, ConversationEvent[]> each)
    {
        string? conversation = null;
        try
        {
            var reader = new ByteReader(block);
            if (reader.Byte() is var format && format != Format) throw new FormatException($"Format {format} is unknown.");
            if (reader.Int64() is var id && id != group) throw new FormatException($"The block says it is group {id}.");
            var count = reader.UInt32();
            if (reader.UInt32() != Crc32C.Of(reader.Rest)) throw new FormatException("The checksum does not match.");
            for (; count > 0; count--)
            {
                conversation = reader.RequiredText();
                var events = new ConversationEvent[reader.Varint()];
                for (var i = 0; i < events.Length; i++) events[i] = EventCodec.Read(ref reader);
                each(conversation, events);
            }

            if (!reader.AtEnd) throw new FormatException("Bytes follow the last entry.");
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new JournalCorruptException(file, group, conversation, e);
        }
    }
}
