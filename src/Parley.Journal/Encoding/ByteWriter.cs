using System.Buffers.Binary;

namespace Parley.Journal.Encoding;

/// <summary>A growing buffer of packed values; reused from group to group.</summary>
internal sealed class ByteWriter
{
    private byte[] _bytes = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Byte(byte value) => Reserve(1)[0] = value;

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(8), value);

    public void UInt32At(int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(offset, 4), value);

    /// <summary>Seven bits per byte, lowest first; negative numbers take ten bytes.</summary>
    public void Varint(long value)
    {
        var rest = (ulong)value;
        for (; rest >= 0x80; rest >>= 7) Byte((byte)(rest | 0x80));
        Byte((byte)rest);
    }

    /// <summary>Length plus one, then the bytes; null is the single byte 0.</summary>
    public void Bytes(ReadOnlySpan<byte> value, bool isNull = false)
    {
        Varint(isNull ? 0 : value.Length + 1L);
        value.CopyTo(Reserve(value.Length));
    }

    /// <summary>As <see cref="Bytes"/>, in UTF-8.</summary>
    public void Text(string? value)
    {
        const int MostBytesPerChar = 3, LongestOfOneLengthByte = 0x7E;
        if (value is null)
        {
            Byte(0);
        }
        else if (value.Length <= LongestOfOneLengthByte / MostBytesPerChar)
        {
            // An id: whatever its bytes are, one byte tells their number, so that they are written without being counted before.
            var room = Reserve(1 + (value.Length * MostBytesPerChar));
            var count = System.Text.Encoding.UTF8.GetBytes(value, room[1..]);
            room[0] = (byte)(count + 1);
            Length -= room.Length - 1 - count;
        }
        else
        {
            var count = System.Text.Encoding.UTF8.GetByteCount(value);
            Varint(count + 1L);
            System.Text.Encoding.UTF8.GetBytes(value, Reserve(count));
        }
    }

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        var span = _bytes.AsSpan(Length, count);
        Length += count;
        return span;
    }
}
