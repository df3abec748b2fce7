using System.Buffers.Binary;
using System.Text;

namespace Parley.Server.Tests.Support;

/// <summary>Frames as a client may send them, right and wrong (RFC 6455, 5.2).</summary>
internal static class ClientFrame
{
    public const int Continuation = 0;
    public const int TextOpcode = 1;
    public const int Binary = 2;
    public const int CloseOpcode = 8;
    public const int PingOpcode = 9;
    public const int PongOpcode = 10;

    private static readonly byte[] Mask = [0x37, 0xfa, 0x21, 0x3d];

    public static byte[] Text(string text, bool isFinal = true) => Build(TextOpcode, Encoding.UTF8.GetBytes(text), isFinal);

    public static byte[] Ping(params byte[] payload) => Build(PingOpcode, payload);

    public static byte[] Close(int code, string reason = "") => Close(code, Encoding.UTF8.GetBytes(reason));

    public static byte[] Close(int code, byte[] reason) => Build(CloseOpcode, [(byte)(code >> 8), (byte)code, .. reason]);

    public static byte[] Build(int opcode, ReadOnlySpan<byte> payload, bool isFinal = true, int reserved = 0, bool isMasked = true)
    {
        var frame = new List<byte> { (byte)((isFinal ? 0x80 : 0) | (reserved << 4) | opcode) };
        var maskBit = isMasked ? 0x80 : 0;
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(length, payload.Length);
        if (payload.Length < 126) frame.Add((byte)(maskBit | payload.Length));
        else if (payload.Length <= ushort.MaxValue) frame.AddRange([(byte)(maskBit | 126), .. length[6..]]);
        else frame.AddRange([(byte)(maskBit | 127), .. length]);
        if (isMasked) frame.AddRange(Mask);
        var start = frame.Count;
        frame.AddRange(payload);
        var bytes = frame.ToArray();
        for (var i = start; isMasked && i < bytes.Length; i++) bytes[i] ^= Mask[(i - start) & 3];
        return bytes;
    }

    /// <summary>Only the header of a frame that announces so many bytes.</summary>
    public static byte[] Header(int opcode, ulong length, bool isFinal = true)
    {
        var header = new byte[14];
        header[0] = (byte)((isFinal ? 0x80 : 0) | opcode);
        header[1] = 0x80 | 127;
        BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(2), length);
        Mask.CopyTo(header, 10);
        return header;
    }
}
