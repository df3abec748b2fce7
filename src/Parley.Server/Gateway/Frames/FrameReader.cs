using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Parley.Protocol.Codes;

namespace Parley.Server.Gateway.Frames;

/// <summary>
/// Reads a client's frames from what the transport has buffered. Invariant: bytes are consumed only in whole frames, so
/// each is unmasked exactly once, in place.
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
internal sealed class FrameReader(int maxMessage)
{
    private byte[] _message = [];
    private int _messageLength;
    private bool _isFragmented;

    /// <summary>Why reading stopped for good, or null.</summary>
    public FrameError? Error { get; private set; }

    /// <summary>Takes the next whole text message or control frame from <paramref name="buffer"/>.</summary>
    /// <param name="buffer">What is buffered; consumed frames are cut off its front.</param>
    /// <param name="opcode">Text, Close, Ping or Pong.</param>
    /// <param name="payload">Valid until the next call or until the buffer is given back.</param>
    /// <returns>False when more bytes are needed or <see cref="Error"/> is set.</returns>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, out Opcode opcode, out ReadOnlySpan<byte> payload)
    {
        while (TryReadFrame(ref buffer, out var isFinal, out opcode, out payload))
        {
            if (opcode >= Opcode.Close) return true;
            if (!TryAssemble(isFinal, opcode, ref payload, out var isComplete)) return false;
            if (!isComplete) continue;
            opcode = Opcode.Text;
            if (Utf8.IsValid(payload)) return true;
            return Fail(CloseCode.InvalidPayload, "Not UTF-8");
        }

        return false;
    }

    private bool TryReadFrame(ref ReadOnlySequence<byte> buffer, out bool isFinal, out Opcode opcode, out ReadOnlySpan<byte> payload)
    {
        isFinal = false;
        opcode = default;
        payload = default;
        if (Error is not null || buffer.Length < 2) return false;

        Span<byte> header = stackalloc byte[14];
        var available = (int)Math.Min(14, buffer.Length);
        buffer.Slice(0, available).CopyTo(header);
        isFinal = (header[0] & 0x80) != 0;
        opcode = (Opcode)(header[0] & 0x0f);
        if ((header[0] & 0x70) != 0) return Fail(CloseCode.ProtocolError, "Reserved bits are set");
        if ((header[1] & 0x80) == 0) return Fail(CloseCode.ProtocolError, "Frame is not masked");
        if (opcode is > Opcode.Binary and < Opcode.Close or > Opcode.Pong) return Fail(CloseCode.ProtocolError, "Unknown opcode");
        if (opcode == Opcode.Binary) return Fail(CloseCode.UnsupportedData, "Only text is spoken here");

        long length = header[1] & 0x7f;
        if (opcode >= Opcode.Close && (!isFinal || length > 125)) return Fail(CloseCode.ProtocolError, "Control frame is fragmented or too long");
        var headerLength = length switch { 126 => 8, 127 => 14, _ => 6 };
        if (available < headerLength) return false;
        if (length == 126) length = BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
        else if (length == 127) length = BinaryPrimitives.ReadInt64BigEndian(header[2..]);
        if (length < 0) return Fail(CloseCode.ProtocolError, "Negative length");
        if (opcode < Opcode.Close && length > maxMessage - _messageLength) return Fail(CloseCode.TooLarge, "Message is too large");
        if (buffer.Length < headerLength + length) return false;

        payload = Unmask(buffer.Slice(headerLength, length), header.Slice(headerLength - 4, 4));
        buffer = buffer.Slice(headerLength + length);
        return true;
    }

    private bool TryAssemble(bool isFinal, Opcode opcode, ref ReadOnlySpan<byte> payload, out bool isComplete)
    {
        isComplete = isFinal;
        if (_isFragmented != (opcode == Opcode.Continuation))
            return Fail(CloseCode.ProtocolError, _isFragmented ? "A new message inside a fragmented one" : "A continuation of nothing");
        if (isFinal && !_isFragmented) return true;

        if (_message.Length < _messageLength + payload.Length) Array.Resize(ref _message, Math.Max(_message.Length * 2, _messageLength + payload.Length));
        payload.CopyTo(_message.AsSpan(_messageLength));
        _messageLength += payload.Length;
        _isFragmented = !isFinal;
        if (!isFinal) return true;
        payload = _message.AsSpan(0, _messageLength);
        (_message, _messageLength) = ([], 0);
        return true;
    }

    private static ReadOnlySpan<byte> Unmask(ReadOnlySequence<byte> masked, scoped ReadOnlySpan<byte> key)
    {
        if (masked.IsEmpty) return default;
        // The memory belongs to the transport's input pipe, and this frame is consumed with this read.
        var payload = masked.IsSingleSegment ? MemoryMarshal.AsMemory(masked.First).Span : masked.ToArray();
        var mask = MemoryMarshal.Read<uint>(key);
        var wide = new Vector<uint>(mask);
        var i = 0;
        for (; i <= payload.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            var part = payload[i..];
            (Vector.AsVectorUInt32(new Vector<byte>(part)) ^ wide).CopyTo(MemoryMarshal.Cast<byte, uint>(part));
        }

        for (; i < payload.Length; i++) payload[i] ^= key[i & 3];
        return payload;
    }

    private bool Fail(CloseCode code, string reason)
    {
        Error = new FrameError(code, reason);
        return false;
    }
}
