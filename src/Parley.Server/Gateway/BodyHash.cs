using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Parley.Server.Gateway;

/// <summary>Tells a repeated request from another one under the same event id.</summary>
internal static class BodyHash
{
    public static ulong Of(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
