using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Parley.Protocol.Envelope;

/// <summary>
/// Builds the payload of one outgoing message by hand, with room kept in front for a transport's frame header. Reused:
/// <see cref="Reset"/> keeps the memory.
/// </summary>
public sealed class PayloadWriter : IBufferWriter<byte>
{
    /// <summary>Bytes kept free before the payload; a WebSocket header of a server needs at most 10.</summary>
    public const int Headroom = 10;

    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    // What may stand between quotes as it is. Other ASCII is escaped, other UTF-8 is left to the encoder.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.$:/ ,;!?()=@#%*[]{}");

    private byte[] _buffer = new byte[512];
    private int _length = Headroom;

    /// <summary>The payload so far.</summary>
    public ReadOnlySpan<byte> Payload => _buffer.AsSpan(Headroom, _length - Headroom);

    /// <summary>The underlying memory: <see cref="Headroom"/> free bytes, then the payload.</summary>
    public Span<byte> WithHeadroom => _buffer.AsSpan(0, _length);

    /// <summary>Starts a new payload.</summary>
    public PayloadWriter Reset()
    {
        _length = Headroom;
        return this;
    }

    /// <summary>Appends bytes as they are: literals and JSON that was validated before.</summary>
    public PayloadWriter Raw(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(GetSpan(utf8.Length));
        _length += utf8.Length;
        return this;
    }

    /// <summary>Appends JSON text that was validated before.</summary>
    public PayloadWriter Raw(string json)
    {
        var span = GetSpan(Encoding.UTF8.GetMaxByteCount(json.Length));
        _length += Encoding.UTF8.GetBytes(json, span);
        return this;
    }

    /// <summary>Appends a JSON string with its quotes, escaped where needed.</summary>
    public PayloadWriter Quoted(string text)
    {
        Raw("\""u8);
        if (text.AsSpan().IndexOfAnyExcept(Plain) < 0)
        {
            var span = GetSpan(text.Length);
            _length += Encoding.ASCII.GetBytes(text, span);
        }
        else
        {
            Raw(Encoder.Encode(text));
        }

        return Raw("\""u8);
    }

    /// <summary>Appends an integer.</summary>
    public PayloadWriter Number(long value)
    {
        Utf8Formatter.TryFormat(value, GetSpan(20), out var written);
        _length += written;
        return this;
    }

    /// <summary>Appends <c>true</c> or <c>false</c>.</summary>
    public PayloadWriter Boolean(bool value) => Raw(value ? "true"u8 : "false"u8);

    /// <inheritdoc/>
    public void Advance(int count) => _length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _buffer.AsSpan(_length);
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - _length < count) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
    }
}
