using System.Buffers;
using System.Buffers.Binary;
using Parley.Protocol.Codes;

namespace Parley.Server.Gateway.Frames;

/// <summary>
/// What precedes the payload of a client's frame.
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-------+-+-------------+-------------------------------+
/// |F|R|R|R| opcode|M| Payload len |    Extended payload length    |
/// |I|S|S|S|  (4)  |A|     (7)     |             (16/64)           |
/// |N|V|V|V|       |S|             |   (if payload len==126/127)   |
/// +-+-+-+-+-------+-+-------------+ - - - - - - - - - - - - - - - +
/// |     Masking key (always set by a client) | Payload             |
/// +------------------------------------------+- - - - - - - - - - -+
/// </code>
/// </summary>
/// <param name="IsFinal">Whether the message ends with this frame.</param>
/// <param name="Opcode">A defined one, and not binary.</param>
/// <param name="Size">Bytes of the header itself.</param>
/// <param name="Length">Bytes of the payload.</param>
/// <param name="Key">What the payload is masked with.</param>
internal readonly record struct FrameHeader(bool IsFinal, Opcode Opcode, int Size, long Length, uint Key)
{
    private const int Longest = 14;

    /// <summary>Reads the header at the front of a buffer.</summary>
    /// <returns>False when more bytes are needed or it breaks the rules, which <paramref name="error"/> says as soon as it shows.</returns>
    public static bool TryRead(in ReadOnlySequence<byte> buffer, out FrameHeader header, out FrameError? error)
    {
        (header, error) = (default, null);
        if (buffer.Length < 2) return false;
        Span<byte> bytes = stackalloc byte[Longest];
        var available = (int)Math.Min(Longest, buffer.Length);
        buffer.Slice(0, available).CopyTo(bytes);
        var (isFinal, opcode, length) = ((bytes[0] & 0x80) != 0, (Opcode)(bytes[0] & 0x0f), (long)(bytes[1] & 0x7f));
        error = Judge(bytes, isFinal, opcode, length);
        var size = length switch { 126 => 8, 127 => Longest, _ => 6 };
        if (error is not null || available < size) return false;
        if (length == 126) length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        else if (length == 127) length = BinaryPrimitives.ReadInt64BigEndian(bytes[2..]);
        if (length < 0) error = new(CloseCode.ProtocolError, "Negative length");
        header = new(isFinal, opcode, size, length, BinaryPrimitives.ReadUInt32LittleEndian(bytes[(size - 4)..]));
        return error is null;
    }

    private static FrameError? Judge(ReadOnlySpan<byte> bytes, bool isFinal, Opcode opcode, long length) =>
        (bytes[0] & 0x70) != 0 ? new(CloseCode.ProtocolError, "Reserved bits are set")
        : (bytes[1] & 0x80) == 0 ? new(CloseCode.ProtocolError, "Frame is not masked")
        : opcode is > Opcode.Binary and < Opcode.Close or > Opcode.Pong ? new(CloseCode.ProtocolError, "Unknown opcode")
        : opcode == Opcode.Binary ? new(CloseCode.UnsupportedData, "Only text is spoken here")
        : opcode >= Opcode.Close && (!isFinal || length > 125) ? new(CloseCode.ProtocolError, "Control frame is fragmented or too long")
        : null;
}
