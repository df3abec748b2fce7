using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Cluster.Moving;

/// <summary>The number of some rows and a checksum that does not depend on their order: the sum of their hashes.</summary>
internal readonly record struct RowSum(long Rows, UInt128 Hashes)
{
    public static RowSum Of(IEnumerable<object?[]> rows) => rows.Aggregate(default(RowSum), (sum, row) => sum + row);

    public static RowSum operator +(RowSum sum, object?[] row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> head = stackalloc byte[9];
        foreach (var value in row)
        {
            // A tag, then a number or a length and so many bytes: different rows are different bytes.
            var (tag, number, bytes) = value switch
            {
                null => ((byte)0, 0L, []),
                long integer => ((byte)1, integer, []),
                string text => ((byte)2, (long)Encoding.UTF8.GetByteCount(text), Encoding.UTF8.GetBytes(text)),
                byte[] blob => ((byte)3, (long)blob.Length, blob),
                _ => throw new NotSupportedException($"A value is a {value.GetType().Name}."),
            };
            head[0] = tag;
            BinaryPrimitives.WriteInt64LittleEndian(head[1..], number);
            hash.AppendData(head);
            hash.AppendData(bytes);
        }

        return new RowSum(sum.Rows + 1, unchecked(sum.Hashes + BinaryPrimitives.ReadUInt128BigEndian(hash.GetHashAndReset())));
    }

    public string Checksum => Hashes.ToString("x32", null)[..16];
}
