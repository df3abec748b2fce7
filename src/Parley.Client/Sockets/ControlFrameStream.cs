using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Parley.Client;

/// <summary>
/// Lies between a <see cref="System.Net.WebSockets.WebSocket"/> and the network and adds what that class hides: it reports the pings and pongs that
/// arrive, and sends pings and pongs of the caller's between two frames.
/// </summary>
/// <remarks>The WebSocket writes each frame with one call of <c>WriteAsync</c>; a control frame between two calls therefore never splits a frame.</remarks>
internal sealed class ControlFrameStream(Stream network) : Stream
{
    private const int MaxHeader = 10;
    private const int MaxControlPayload = 125;

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly byte[] _header = new byte[MaxHeader];
    private readonly byte[] _control = new byte[MaxControlPayload];
    private int _headerLength;
    private int _controlLength;
    private ulong _payloadLeft;

    public Action<ControlFrame, ReadOnlyMemory<byte>>? Received { get; set; }

    public async Task SendAsync(ControlFrame kind, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, MaxControlPayload);
        byte[] frame = new byte[6 + payload.Length];
        frame[0] = (byte)(0x80 | (int)kind);
        frame[1] = (byte)(0x80 | payload.Length);
        Span<byte> mask = frame.AsSpan(2, 4);
        RandomNumberGenerator.Fill(mask);
        for (int i = 0; i < payload.Length; i++) frame[6 + i] = (byte)(payload.Span[i] ^ mask[i % 4]);
        await WriteAsync(frame, cancellation).ConfigureAwait(false);
        await FlushAsync(cancellation).ConfigureAwait(false);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await network.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Observe(buffer.Span[..read]);
        return read;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await network.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => network.FlushAsync(cancellationToken);

    /// <summary>Follows the frame boundaries through bytes that arrive in pieces of any size. A server's frames are not masked.</summary>
    private void Observe(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_payloadLeft == 0)
            {
                _header[_headerLength++] = bytes[0];
                bytes = bytes[1..];
                if (_headerLength < HeaderSize()) continue;
                _payloadLeft = PayloadSize();
                _controlLength = 0;
            }
            int taken = (int)Math.Min(_payloadLeft, (ulong)bytes.Length);
            if (IsControl && _controlLength + taken <= MaxControlPayload)
            {
                bytes[..taken].CopyTo(_control.AsSpan(_controlLength));
                _controlLength += taken;
            }
            bytes = bytes[taken..];
            _payloadLeft -= (ulong)taken;
            if (_payloadLeft > 0) continue;
            _headerLength = 0;
            if ((_header[0] & 0xF) is (int)ControlFrame.Ping or (int)ControlFrame.Pong)
                Received?.Invoke((ControlFrame)(_header[0] & 0xF), _control.AsSpan(0, _controlLength).ToArray());
        }
    }

    private bool IsControl => (_header[0] & 0x8) != 0;

    private int HeaderSize() => _headerLength < 2 ? 2 : (_header[1] & 0x7F) switch { 126 => 4, 127 => 10, _ => 2 };

    private ulong PayloadSize() => (_header[1] & 0x7F) switch
    {
        126 => BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(2)),
        127 => BinaryPrimitives.ReadUInt64BigEndian(_header.AsSpan(2)),
        int small => (ulong)small,
    };

    protected override void Dispose(bool disposing)
    {
        if (disposing) network.Dispose();
        base.Dispose(disposing);
    }

    public override bool CanRead => true;
    public override bool CanWrite => true;
    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() => network.Flush();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Write asynchronously.");
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}
