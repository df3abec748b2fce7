using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Journal.Encoding;

namespace Parley.Cluster.Between;

/// <summary>Forms of values that commands and outcomes need beside those of the journal.</summary>
internal static class PackedValues
{
    public static void Flag(this ByteWriter to, bool value) => to.Byte(value ? (byte)1 : (byte)0);

    public static bool Flag(ref this ByteReader from) => from.Byte() != 0;

    /// <exception cref="FormatException">More than the bytes that follow can hold: a damaged count must not make a huge array.</exception>
    public static int Count(ref this ByteReader from)
    {
        var count = from.Varint();
        return (ulong)count <= (ulong)from.Rest.Length ? (int)count : throw new FormatException("A count is larger than what follows.");
    }

    public static byte[]? OptionalBytes(ref this ByteReader from)
    {
        var bytes = from.Bytes(out var isNull);
        return isNull ? null : bytes.ToArray();
    }

    /// <exception cref="FormatException">The bytes are not what was expected.</exception>
    public static T Json<T>(ref this ByteReader from, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(from.Bytes(out _), type) ?? throw new FormatException($"A {typeof(T).Name} is null.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"A {typeof(T).Name} is unreadable.", e);
        }
    }
}
