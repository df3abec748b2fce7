using System.Buffers.Binary;

namespace Parley.Journal.Encoding;

/// <summary>Reads what <see cref="ByteWriter"/> wrote; throws <see cref="FormatException"/> where the bytes end too early.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool AtEnd => _rest.IsEmpty;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte Byte() => Take(1)[0];

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public long Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return (long)value;
        }

        throw new FormatException("A number is longer than 64 bits.");
    }

    public ReadOnlySpan<byte> Bytes(out bool isNull)
    {
        var length = Varint();
        isNull = length == 0;
        return isNull ? default : Take(length - 1);
    }

    public string? Text()
    {
        var bytes = Bytes(out var isNull);
        return isNull ? null : System.Text.Encoding.UTF8.GetString(bytes);
    }

    public string RequiredText() => Text() ?? throw new FormatException("A required text is missing.");

    private ReadOnlySpan<byte> Take(long count)
    {
        if ((ulong)count > (ulong)_rest.Length) throw new FormatException("The bytes end too early.");
        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }
}
