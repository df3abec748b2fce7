using System.Buffers.Binary;
using Parley.Protocol.Envelope;

namespace Parley.Server.Gateway.Frames;

/// <summary>Frames from the server: final and unmasked (RFC 6455, 5.1).</summary>
internal static class ServerFrame
{
    private const byte Final = 0x80;

    /// <summary>Writes the header of a text message into the room in front of the payload and returns the whole frame.</summary>
    public static ReadOnlySpan<byte> Seal(PayloadWriter writer)
    {
        var buffer = writer.WithHeadroom;
        var length = buffer.Length - PayloadWriter.Headroom;
        var start = PayloadWriter.Headroom - HeaderLength(length);
        WriteHeader(buffer[start..], Opcode.Text, length);
        return buffer[start..];
    }

    /// <summary>A control frame; its payload is at most 125 bytes.</summary>
    public static byte[] Control(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[2 + payload.Length];
        WriteHeader(frame, opcode, payload.Length);
        payload.CopyTo(frame.AsSpan(2));
        return frame;
    }

    private static int HeaderLength(int payload) => payload < 126 ? 2 : payload <= ushort.MaxValue ? 4 : 10;

    private static void WriteHeader(Span<byte> header, Opcode opcode, int payload)
    {
        header[0] = (byte)(Final | (byte)opcode);
        switch (HeaderLength(payload))
        {
            case 2:
                header[1] = (byte)payload;
                break;
            case 4:
                header[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)payload);
                break;
            default:
                header[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(header[2..], (ulong)payload);
                break;
        }
    }
}
