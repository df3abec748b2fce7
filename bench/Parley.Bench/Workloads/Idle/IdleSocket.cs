using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Parley.Bench.Load;
using Parley.Bench.Subjects;

namespace Parley.Bench.Workloads.Idle;

/// <summary>A consumer's socket that only stays: it follows his list, answers pings, and can be asked the time.</summary>
internal sealed class IdleSocket : IDisposable
{
    private const string Path = $"/ws_api/account/{ParleyApi.Account}/messaging/consumer?v=3";

    private static readonly byte[] Subscribe = Request("list", "cqm.SubscribeExConversations", """{"stage":["OPEN"]}""");
    private static readonly byte[] GetClock = Request("time", "GetClock", "{}");

    private readonly TaskCompletionSource _listed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _buffer = new byte[1024];
    private readonly Stream _stream;
    private int _received;

    private IdleSocket(Stream stream) => _stream = stream;

    /// <summary>Connects with a token and follows the list; returns when the list is there.</summary>
    public static async Task<IdleSocket> OpenAsync(IPEndPoint peer, bool isTls, string jwt)
    {
        var socket = new Socket(peer.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(peer);
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        if (isTls)
        {
            // The server is our own child on the loopback; who it is, is not in question.
            var tls = new SslStream(stream, leaveInnerStreamOpen: false, (_, _, _, _) => true);
            await tls.AuthenticateAsClientAsync("localhost");
            stream = tls;
        }

        var idle = new IdleSocket(stream);
        await idle.UpgradeAsync(peer, jwt);
        _ = idle.ReadAsync();
        await stream.WriteAsync(Subscribe);
        await idle._listed.Task;
        return idle;
    }

    /// <summary>Asks the time.</summary>
    /// <exception cref="IOException">The socket is gone.</exception>
    public async Task AskAsync(TimeSpan patience)
    {
        await _stream.WriteAsync(GetClock);
        await _told.Task.WaitAsync(patience);
    }

    public void Dispose() => _stream.Dispose();

    private static byte[] Request(string id, string type, string body) =>
        MaskedFrame.Create(FrameHeader.Text, Encoding.UTF8.GetBytes($$"""{"kind":"req","id":"{{id}}","type":"{{type}}","body":{{body}}}"""));

    private async Task UpgradeAsync(IPEndPoint peer, string jwt)
    {
        await _stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {Path} HTTP/1.1\r\nHost: {peer}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" +
            $"Sec-WebSocket-Key: cGFybGV5LWJlbmNoLTAwMQ==\r\nAuthorization: jwt {jwt}\r\n\r\n"));
        int end;
        while ((end = _buffer.AsSpan(0, _received).IndexOf("\r\n\r\n"u8)) < 0) await ReceiveAsync();
        if (!_buffer.AsSpan().StartsWith("HTTP/1.1 101 "u8)) throw new IOException("The upgrade was refused.");
        Take(end + 4);
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                await ReceiveAsync();
                while (FrameHeader.TryRead(_buffer.AsSpan(0, _received), out var frame)) await HandleAsync(frame);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            _listed.TrySetException(e);
            _told.TrySetException(e);
        }
    }

    private async Task HandleAsync(FrameHeader frame)
    {
        var payload = _buffer.AsMemory(frame.HeaderBytes, frame.PayloadBytes);
        if (frame.Opcode == FrameHeader.Close) throw new IOException("The server closed the socket.");
        if (frame.Opcode == FrameHeader.Ping) await _stream.WriteAsync(MaskedFrame.Create(FrameHeader.Pong, payload.Span));
        if (payload.Span.IndexOf("ExConversationChangeNotification"u8) >= 0) _listed.TrySetResult();
        if (payload.Span.IndexOf("GetClockResponse"u8) >= 0) _told.TrySetResult();
        Take(frame.HeaderBytes + frame.PayloadBytes);
    }

    private async Task ReceiveAsync()
    {
        var count = await _stream.ReadAsync(_buffer.AsMemory(_received));
        _received += count > 0 ? count : throw new IOException("The server ended the connection.");
    }

    private void Take(int count)
    {
        _buffer.AsSpan(count, _received - count).CopyTo(_buffer);
        _received -= count;
    }
}
