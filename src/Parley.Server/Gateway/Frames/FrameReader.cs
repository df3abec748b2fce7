using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Parley.Protocol.Codes;

namespace Parley.Server.Gateway.Frames;

/// <summary>
/// Reads a client's messages from what the transport has buffered. A message that is there as one frame in one piece is
/// unmasked in place. Any other is gathered as it comes, so that a text that is none ends the socket at its first wrong
/// byte and the transport keeps nothing. Invariant: every byte is consumed and unmasked exactly once.
/// </summary>
internal sealed class FrameReader(int maxMessage)
{
    private byte[] _message = [];
    private int _length;
    private int _checked;
    private long _missing;
    private uint _key;
    private bool _isLast;
    private bool _isGathering;

    /// <summary>Why reading stopped for good, or null.</summary>
    public FrameError? Error { get; private set; }

    /// <summary>Takes the next whole text message or control frame from <paramref name="buffer"/>.</summary>
    /// <param name="buffer">What is buffered; what was consumed is cut off its front.</param>
    /// <param name="opcode">Text, Close, Ping or Pong.</param>
    /// <param name="payload">Valid until the next call or until the buffer is given back.</param>
    /// <returns>False when more bytes are needed or <see cref="Error"/> is set.</returns>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, out Opcode opcode, out ReadOnlySpan<byte> payload)
    {
        opcode = Opcode.Text;
        payload = default;
        while (Error is null)
        {
            if (_missing == 0)
            {
                if (!FrameHeader.TryRead(buffer, out var header, out var error))
                {
                    Error = error;
                    return false;
                }

                var isControl = header.Opcode >= Opcode.Close;
                var isWhole = buffer.Length >= header.Size + header.Length;
                if (isControl && !isWhole) return false;
                if (!isControl && Judge(header) is { } wrong) return Fail(wrong.Code, wrong.Reason);
                if (isControl || (isWhole && header.IsFinal && !_isGathering && buffer.FirstSpan.Length >= header.Size + header.Length))
                {
                    opcode = header.Opcode;
                    payload = Take(ref buffer, header);
                    return isControl || Utf8.IsValid(payload) || Fail(CloseCode.InvalidPayload, "Not UTF-8");
                }

                (_missing, _key, _isLast, _isGathering) = (header.Length, header.Key, header.IsFinal, true);
                buffer = buffer.Slice(header.Size);
            }

            Gather(ref buffer);
            if (!IsTextSoFar()) return Fail(CloseCode.InvalidPayload, "Not UTF-8");
            if (_missing > 0) return false;
            if (!_isLast) continue;
            payload = _message.AsSpan(0, _length);
            (_message, _length, _checked, _isGathering) = ([], 0, 0, false);
            return true;
        }

        return false;
    }

    private FrameError? Judge(in FrameHeader header) =>
        _isGathering != (header.Opcode == Opcode.Continuation) ? new(CloseCode.ProtocolError, _isGathering ? "A new message inside a fragmented one" : "A continuation of nothing")
        : header.Length > maxMessage - _length ? new(CloseCode.TooLarge, "Message is too large")
        : null;

    private static ReadOnlySpan<byte> Take(ref ReadOnlySequence<byte> buffer, FrameHeader header)
    {
        var masked = buffer.Slice(header.Size, header.Length);
        buffer = buffer.Slice(masked.End);
        if (masked.IsEmpty) return default;
        // The memory belongs to the transport's input pipe, and this frame is consumed with this read.
        var payload = masked.IsSingleSegment ? MemoryMarshal.AsMemory(masked.First).Span : masked.ToArray();
        Masking.Unmask(payload, header.Key);
        return payload;
    }

    private void Gather(ref ReadOnlySequence<byte> buffer)
    {
        var part = buffer.Slice(0, Math.Min(_missing, buffer.Length));
        var length = (int)part.Length;
        // By what has come, not by what was announced: that costs the client nothing.
        if (_message.Length < _length + length) Array.Resize(ref _message, Math.Max(_message.Length * 2, _length + length));
        var gathered = _message.AsSpan(_length, length);
        part.CopyTo(gathered);
        Masking.Unmask(gathered, _key);
        _key = Masking.After(_key, length);
        _length += length;
        _missing -= length;
        buffer = buffer.Slice(length);
    }

    private bool IsTextSoFar()
    {
        var isEnd = _isLast && _missing == 0;
        var fresh = _message.AsSpan(_checked, _length - _checked);
        var whole = isEnd ? fresh : fresh[..^Unfinished(fresh)];
        _checked += whole.Length;
        return Utf8.IsValid(whole);
    }

    // The bytes at the end that are the beginning of a character.
    private static int Unfinished(ReadOnlySpan<byte> text)
    {
        for (var length = 1; length <= Math.Min(3, text.Length); length++)
        {
            if (text[^length] >= 0xc0) return Rune.DecodeFromUtf8(text[^length..], out _, out _) == OperationStatus.NeedMoreData ? length : 0;
        }

        return 0;
    }

    private bool Fail(CloseCode code, string reason)
    {
        Error = new FrameError(code, reason);
        return false;
    }
}
