using System.Numerics;
using System.Runtime.InteropServices;

namespace Parley.Server.Gateway.Frames;

/// <summary>How clients hide their payloads from proxies (RFC 6455, 5.3). A key's lowest byte masks the first byte.</summary>
internal static class Masking
{
    /// <summary>Unmasks in place.</summary>
    public static void Unmask(Span<byte> payload, uint key)
    {
        var i = 0;
        if (BitConverter.IsLittleEndian)
        {
            var wide = new Vector<uint>(key);
            for (; i <= payload.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            {
                var part = payload[i..];
                (Vector.AsVectorUInt32(new Vector<byte>(part)) ^ wide).CopyTo(MemoryMarshal.Cast<byte, uint>(part));
            }
        }

        for (; i < payload.Length; i++) payload[i] ^= (byte)(key >> (8 * (i & 3)));
    }

    /// <summary>The key for what follows after so many bytes.</summary>
    public static uint After(uint key, int length) => BitOperations.RotateRight(key, 8 * (length & 3));
}
