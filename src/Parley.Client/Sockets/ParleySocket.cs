using System.Buffers;
using System.Net.WebSockets;

namespace Parley.Client;

/// <summary>One WebSocket connection that carries text frames: raw bytes out, raw bytes in, pings and pongs visible.</summary>
/// <remarks>
/// It knows nothing of requests or answers and never reconnects; <see cref="ConsumerClient"/> and <see cref="AgentClient"/> do. One reader at a time;
/// any number of senders.
/// </remarks>
public sealed class ParleySocket : IAsyncDisposable
{
    // A peer that sends faster than it is read would hold its thread for good, and a few such connections all of the pool.
    private const int MessagesPerTurn = 64;

    private readonly WebSocket _socket;
    private readonly ControlFrameStream _stream;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly ArrayBufferWriter<byte> _message = new(4096);
    private readonly int _maxMessageSize;
    private int _received;

    internal ParleySocket(Stream stream, string? subprotocol, int maxMessageSize)
    {
        _stream = new ControlFrameStream(stream) { Received = (kind, payload) => ControlFrameReceived?.Invoke(kind, payload) };
        _maxMessageSize = maxMessageSize;
        Subprotocol = subprotocol;
        _socket = WebSocket.CreateFromStream(_stream, new WebSocketCreationOptions { SubProtocol = subprotocol, KeepAliveInterval = TimeSpan.Zero });
    }

    /// <summary>The subprotocol the server chose, or null.</summary>
    public string? Subprotocol { get; }

    /// <summary>How the connection ended; null while it is open.</summary>
    public SocketClosure? Closure { get; private set; }

    /// <summary>Raised on the receiving task for every ping and pong of the peer; pings are answered without help. Handlers must not block.</summary>
    public event Action<ControlFrame, ReadOnlyMemory<byte>>? ControlFrameReceived;

    /// <summary>Opens a connection.</summary>
    /// <param name="address">A <c>ws:</c> or <c>wss:</c> address.</param>
    /// <param name="options">Headers, subprotocols, limits.</param>
    /// <param name="http">What carries the upgrade request and decides about TLS trust, proxies and redirects; stays the caller's.</param>
    /// <param name="cancellation">Gives the attempt up.</param>
    /// <exception cref="ParleyConnectException">The host cannot be reached, is not trusted, or refuses the upgrade.</exception>
    public static async Task<ParleySocket> ConnectAsync(Uri address, ParleySocketOptions options, HttpMessageInvoker http, CancellationToken cancellation = default)
    {
        (Stream stream, string? subprotocol) = await WebSocketHandshake.PerformAsync(address, options, http, cancellation).ConfigureAwait(false);
        return new ParleySocket(stream, subprotocol, options.MaxMessageSize);
    }

    /// <summary>Sends one text frame. Cancelling while the frame is on its way breaks the connection.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellation = default)
    {
        await _sending.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await _socket.SendAsync(utf8, WebSocketMessageType.Text, endOfMessage: true, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (IsBroken(e, cancellation))
        {
            throw new ParleyConnectionLostException(Closure ?? new(SocketClosure.Broken, e.Message));
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Sends a ping or an unasked pong with at most 125 bytes.</summary>
    public Task SendControlFrameAsync(ControlFrame kind, ReadOnlyMemory<byte> payload = default, CancellationToken cancellation = default) =>
        _stream.SendAsync(kind, payload, cancellation);

    /// <summary>Receives the next message, text or binary, whole.</summary>
    /// <returns>The bytes, valid until the next call; null when the connection ended, and then <see cref="Closure"/> says how.</returns>
    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellation = default)
    {
        _message.ResetWrittenCount();
        if (++_received % MessagesPerTurn == 0) await new NextTurn();
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(_message.GetMemory(4096), cancellation).ConfigureAwait(false);
                _message.Advance(part.Count);
                if (part.MessageType == WebSocketMessageType.Close) return await EndAsync(cancellation).ConfigureAwait(false);
                if (_message.WrittenCount > _maxMessageSize)
                {
                    await CloseAsync((int)WebSocketCloseStatus.MessageTooBig, "", cancellation).ConfigureAwait(false);
                    Closure = new((int)WebSocketCloseStatus.MessageTooBig, "The peer sent a message beyond the limit");
                    return null;
                }
                if (part.EndOfMessage) return _message.WrittenMemory;
            }
        }
        catch (Exception e) when (IsBroken(e, cancellation))
        {
            Closure ??= new(SocketClosure.Broken, e.Message);
            return null;
        }
    }

    /// <summary>Sends a close frame; the peer's answer ends <see cref="ReceiveAsync"/>. Does nothing on a connection that is closing already.</summary>
    public async Task CloseAsync(int code = 1000, string reason = "", CancellationToken cancellation = default)
    {
        await _sending.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (IsBroken(e, cancellation))
        {
            Closure ??= new(SocketClosure.Broken, e.Message);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Breaks the connection without a close frame; a pending receive ends with <see cref="SocketClosure.Broken"/>.</summary>
    public void Abort() => _socket.Abort();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return _stream.DisposeAsync();
    }

    private async ValueTask<ReadOnlyMemory<byte>?> EndAsync(CancellationToken cancellation)
    {
        Closure = new((int)(_socket.CloseStatus ?? WebSocketCloseStatus.Empty), _socket.CloseStatusDescription ?? "");
        bool echoable = Closure.Code is not (1005 or 1006 or 1015);
        await CloseAsync(echoable ? Closure.Code : 1000, "", cancellation).ConfigureAwait(false);
        return null;
    }

    /// <remarks>An abort of the own side shows as a cancellation that nobody asked for.</remarks>
    private static bool IsBroken(Exception e, CancellationToken cancellation) =>
        e is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException
        || (e is OperationCanceledException && !cancellation.IsCancellationRequested);
}
