using System.Buffers.Binary;

namespace Parley.Bench.Load;

/// <summary>The head of a WebSocket frame that is not masked (RFC 6455, 5.2).</summary>
internal readonly record struct FrameHeader(int Opcode, int HeaderBytes, int PayloadBytes)
{
    public const int Continuation = 0;
    public const int Text = 1;
    public const int Close = 8;
    public const int Ping = 9;
    public const int Pong = 10;

    /// <summary>Reads a head; false until the whole frame is there.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FrameHeader header)
    {
        header = default;
        if (bytes.Length < 2) return false;
        var (headerBytes, payloadBytes) = (2, bytes[1] & 0x7f);
        if (payloadBytes == 126)
        {
            if (bytes.Length < 4) return false;
            (headerBytes, payloadBytes) = (4, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]));
        }
        else if (payloadBytes == 127)
        {
            if (bytes.Length < 10) return false;
            (headerBytes, payloadBytes) = (10, checked((int)BinaryPrimitives.ReadInt64BigEndian(bytes[2..])));
        }

        header = new FrameHeader(bytes[0] & 0x0f, headerBytes, payloadBytes);
        return bytes.Length - headerBytes >= payloadBytes;
    }
}
