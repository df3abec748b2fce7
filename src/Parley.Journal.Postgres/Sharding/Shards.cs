using System.Buffers.Binary;
using Parley.Journal.Encoding;

namespace Parley.Journal.Postgres.Sharding;

/// <summary>The shards that conversations hash to. Number and hash are part of the stored form.</summary>
public static class Shards
{
    /// <summary>How many there are, numbered from 0.</summary>
    public const int Count = 256;

    /// <summary>The shard of a conversation.</summary>
    public static int Of(string conversationId)
    {
        Span<byte> some = stackalloc byte[256];
        return (int)(Crc32C.Of(System.Text.Encoding.UTF8.TryGetBytes(conversationId, some, out var count) ? some[..count] : System.Text.Encoding.UTF8.GetBytes(conversationId)) % Count);
    }
}
