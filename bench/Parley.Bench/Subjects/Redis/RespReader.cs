using System.Buffers.Text;

namespace Parley.Bench.Subjects.Redis;

/// <summary>Reads RESP 2 from received bytes; nothing is taken until all that belongs together was there.</summary>
internal ref struct RespReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>A line without its end.</summary>
    public bool TryLine(out ReadOnlySpan<byte> line)
    {
        var end = _bytes[Position..].IndexOf("\r\n"u8);
        line = end < 0 ? default : _bytes.Slice(Position, end);
        if (end >= 0) Position += end + 2;
        return end >= 0;
    }

    /// <summary>A bulk string.</summary>
    /// <param name="value">The string; empty where something else came.</param>
    public bool TryBulk(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!TryLine(out var head)) return false;
        if (Number(head, (byte)'$') is not (>= 0 and var length)) return true;
        if (_bytes.Length - Position < length + 2) return false;
        value = _bytes.Slice(Position, length);
        Position += length + 2;
        return true;
    }

    /// <summary>The number of a line of that kind; -1 when it is another.</summary>
    public static int Number(ReadOnlySpan<byte> line, byte kind) =>
        line.Length > 1 && line[0] == kind && Utf8Parser.TryParse(line[1..], out int number, out var used) && used == line.Length - 1 ? number : -1;
}
