using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Parley.Server.Tests.Support;

/// <summary>A client of RFC 6455 that can send any bytes at any time and judges what the server frames.</summary>
internal sealed class RawSocket : IAsyncDisposable
{
    /// <summary>How long a test waits for what must come: long enough for a loaded machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public const string Key = "dGhlIHNhbXBsZSBub25jZQ==";
    public const string Accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private readonly TcpClient _tcp;
    private readonly Stream _stream;
    private readonly SemaphoreSlim _sending = new(1);
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    private RawSocket(TcpClient tcp, Stream stream) => (_tcp, _stream) = (tcp, stream);

    /// <param name="port">On 127.0.0.1.</param>
    /// <param name="authority">Speaks TLS and trusts this; plain when null.</param>
    /// <param name="receiveBuffer">Bytes that the system takes for a client that does not read.</param>
    public static async Task<RawSocket> ConnectAsync(int port, X509Certificate2? authority = null, int? receiveBuffer = null)
    {
        var tcp = new TcpClient { NoDelay = true };
        if (receiveBuffer is { } size) tcp.ReceiveBufferSize = size;
        await tcp.ConnectAsync("127.0.0.1", port);
        if (authority is null) return new RawSocket(tcp, tcp.GetStream());

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(authority);
        var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = policy });
        return new RawSocket(tcp, tls);
    }

    public static string UpgradeRequest(string path, params string[] headers) => string.Join("\r\n",
    [
        $"GET {path} HTTP/1.1", "Host: localhost", "Upgrade: websocket", "Connection: Upgrade", $"Sec-WebSocket-Key: {Key}", "Sec-WebSocket-Version: 13",
        .. headers, "", "",
    ]);

    public async Task<UpgradeAnswer> UpgradeAsync(string path, params string[] headers)
    {
        await SendAsync(Encoding.UTF8.GetBytes(UpgradeRequest(path, headers)));
        return await ReadUpgradeAnswerAsync();
    }

    public async Task<UpgradeAnswer> ReadUpgradeAnswerAsync()
    {
        int end;
        while ((end = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8)) < 0)
            Assert.True(await FillAsync(), "The server ended the connection instead of answering the upgrade");
        var lines = Encoding.UTF8.GetString(_buffer, _start, end).Split("\r\n");
        _start += end + 4;
        var headers = lines.Skip(1).Select(l => l.Split(':', 2)).ToDictionary(p => p[0], p => p[1].Trim(), StringComparer.OrdinalIgnoreCase);
        return new UpgradeAnswer(int.Parse(lines[0].Split(' ')[1]), headers);
    }

    /// <summary>Sends frames in one write; several tasks may.</summary>
    public async Task SendAsync(params byte[][] frames)
    {
        await _sending.WaitAsync();
        try
        {
            await _stream.WriteAsync(frames.SelectMany(f => f).ToArray());
            await _stream.FlushAsync();
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next frame; null when the server has ended the connection.</summary>
    public async Task<ReceivedFrame?> ReadAsync()
    {
        while (true)
        {
            if (TryTake(out var frame)) return frame;
            if (await FillAsync()) continue;
            Assert.True(_start == _end, "The connection ended inside a frame");
            return null;
        }
    }

    /// <summary>The next frame, which must be text.</summary>
    public async Task<string> ReadTextAsync()
    {
        var frame = await ReadAsync();
        Assert.NotNull(frame);
        Assert.True(frame.Opcode == ClientFrame.TextOpcode, frame.Opcode == ClientFrame.CloseOpcode ? $"Closed: {frame.CloseCode} {frame.CloseReason}" : $"Opcode {frame.Opcode}");
        return frame.Text;
    }

    /// <summary>Reads on until the close frame, and expects the connection to end behind it.</summary>
    public async Task<ReceivedFrame> ReadCloseAsync()
    {
        ReceivedFrame? frame;
        do frame = await ReadAsync();
        while (frame is not null && frame.Opcode != ClientFrame.CloseOpcode);
        Assert.NotNull(frame);
        return frame;
    }

    /// <summary>Waits until the server reads this socket, which is a moment after it has answered the upgrade.</summary>
    public async Task SyncAsync()
    {
        await SendAsync(ClientFrame.Ping());
        Assert.Equal(ClientFrame.PongOpcode, (await ReadAsync())?.Opcode);
    }

    /// <summary>All bytes until the server ends the connection.</summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        while (await FillAsync())
        {
        }

        return _buffer[_start.._end];
    }

    /// <summary>Sends nothing more; the server's side stays open.</summary>
    public void EndSending() => _tcp.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Ends the connection as a crashed client does.</summary>
    public void Abort() => _tcp.Client.Close(timeout: 0);

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _tcp.Dispose();
    }

    private bool TryTake(out ReceivedFrame? frame)
    {
        frame = null;
        var have = _buffer.AsSpan(_start, _end - _start);
        if (have.Length < 2) return false;
        Assert.True((have[0] & 0xf0) == 0x80, $"First byte {have[0]:x}: a server's frame is final and has no reserved bits");
        Assert.True(have[1] < 0x80, "A server's frame is not masked");
        var (header, length) = have[1] switch { 126 => (4, -1L), 127 => (10, -1L), var l => (2, (long)l) };
        if (have.Length < header) return false;
        if (header == 4) Assert.True((length = BinaryPrimitives.ReadUInt16BigEndian(have[2..])) > 125, "Length is not in its shortest form");
        if (header == 10) Assert.True((length = BinaryPrimitives.ReadInt64BigEndian(have[2..])) > ushort.MaxValue, "Length is not in its shortest form");
        if (have.Length < header + length) return false;
        frame = new ReceivedFrame(have[0] & 0x0f, have.Slice(header, (int)length).ToArray());
        _start += header + (int)length;
        return true;
    }

    private async Task<bool> FillAsync()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        using var patience = new CancellationTokenSource(Patience);
        var read = await _stream.ReadAsync(_buffer.AsMemory(_end), patience.Token);
        _end += read;
        return read > 0;
    }
}
