using System.Buffers;
using Parley.Conversations.Events;
using Parley.Journal.Encoding;

namespace Parley.Journal.Tails;

/// <summary>
/// The messages of a generation, packed one after the other into pooled blocks: as objects they would live just long enough to
/// cost every garbage collection of a busy server a copy.
/// </summary>
internal sealed class PackedEvents
{
    private const int BlockBytes = 128 * 1024;

    private readonly ByteWriter _packed = new();
    private readonly List<byte[]> _blocks = [];
    private Memory<byte> _free;

    /// <summary>Packs a message; the bytes last until <see cref="Return"/>.</summary>
    public ReadOnlyMemory<byte> Add(MessagePublished message)
    {
        _packed.Clear();
        MessageCodec.Write(_packed, message);
        var written = _packed.Written;
        if (_free.Length < written.Length)
        {
            var block = ArrayPool<byte>.Shared.Rent(Math.Max(BlockBytes, written.Length));
            _blocks.Add(block);
            _free = block;
        }

        var stored = _free[..written.Length];
        written.CopyTo(stored.Span);
        _free = _free[written.Length..];
        return stored;
    }

    /// <summary>Nobody will read any of it again.</summary>
    public void Return()
    {
        foreach (var block in _blocks) ArrayPool<byte>.Shared.Return(block);
        _blocks.Clear();
        _free = default;
    }
}
