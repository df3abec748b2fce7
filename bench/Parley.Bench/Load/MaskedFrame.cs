using System.Buffers.Binary;

namespace Parley.Bench.Load;

/// <summary>Client frames: masked as RFC 6455 demands, always with the same key, so that templates can be masked beforehand.</summary>
internal static class MaskedFrame
{
    private const int LongestShort = 125;

    private static ReadOnlySpan<byte> Key => [0x37, 0xfa, 0x21, 0x3d];

    /// <summary>A whole frame of up to 64 kB; its payload is its tail.</summary>
    public static byte[] Create(int opcode, ReadOnlySpan<byte> payload)
    {
        var isShort = payload.Length <= LongestShort;
        var frame = new byte[(isShort ? 6 : 8) + payload.Length];
        frame[0] = (byte)(0x80 | opcode);
        frame[1] = (byte)(0x80 | (isShort ? payload.Length : 126));
        if (!isShort) BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), checked((ushort)payload.Length));
        var masked = frame.AsSpan(frame.Length - payload.Length);
        Key.CopyTo(frame.AsSpan(frame.Length - payload.Length - Key.Length));
        for (var i = 0; i < payload.Length; i++) masked[i] = (byte)(payload[i] ^ Key[i & 3]);
        return frame;
    }
}
