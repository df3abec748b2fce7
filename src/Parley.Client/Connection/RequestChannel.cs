using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;

namespace Parley.Client;

/// <summary>One open socket with the requests under way on it. It lives as long as its connection and never reconnects.</summary>
internal sealed class RequestChannel : IAsyncDisposable
{
    private readonly ParleySocket _socket;
    private readonly ParleyClientOptions _options;
    private readonly Action<string, JsonElement> _notify;
    private readonly ConcurrentDictionary<string, PendingAnswer> _pending = new();
    private readonly Channel<byte[]> _outbound;
    private readonly CancellationTokenSource _ended = new();
    private long _lastId;
    private long _lastReceived;

    public RequestChannel(ParleySocket socket, ParleyClientOptions options, Action<string, JsonElement> notify)
    {
        _socket = socket;
        _options = options;
        _notify = notify;
        _outbound = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(options.SendQueueCapacity) { SingleReader = true });
        _lastReceived = options.Time.GetTimestamp();
        OpenedAt = _lastReceived;
        socket.ControlFrameReceived += (_, _) => _lastReceived = options.Time.GetTimestamp();
        Closed = ReceiveAsync();
        _ = SendAsync();
        _ = KeepAliveAsync();
    }

    /// <summary>Completes when the connection has ended and every pending request knows it.</summary>
    public Task<SocketClosure> Closed { get; }

    /// <summary>A timestamp of the options' clock.</summary>
    public long OpenedAt { get; }

    /// <exception cref="ParleyRequestException">The answer is an error.</exception>
    /// <exception cref="ParleyConnectionLostException">The connection ended first.</exception>
    /// <exception cref="TimeoutException">No answer came in time.</exception>
    public async Task<JsonElement> RequestAsync(Request request, CancellationToken cancellation)
    {
        string id = Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);
        byte[] frame = request.Encode(id);
        var pending = new PendingAnswer(request);
        _pending[id] = pending;
        try
        {
            Task<JsonElement> answer = SendAndAwaitAsync(frame, pending, cancellation);
            return await answer.WaitAsync(_options.RequestTimeout, _options.Time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{request.Type} was not answered within {_options.RequestTimeout.TotalSeconds:0.#} s.");
        }
        finally
        {
            _pending.TryRemove(id, out _);
        }
    }

    public Task CloseAsync(CancellationToken cancellation) => _socket.CloseAsync(cancellation: cancellation);

    public void Abort() => _socket.Abort();

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await Closed.ConfigureAwait(false);
        await _socket.DisposeAsync().ConfigureAwait(false);
        _ended.Dispose();
    }

    private async Task<JsonElement> SendAndAwaitAsync(byte[] frame, PendingAnswer pending, CancellationToken cancellation)
    {
        try
        {
            await _outbound.Writer.WriteAsync(frame, cancellation).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            pending.Lose(await Closed.ConfigureAwait(false));
        }
        return await pending.Task.ConfigureAwait(false);
    }

    private async Task SendAsync()
    {
        try
        {
            await foreach (byte[] frame in _outbound.Reader.ReadAllAsync().ConfigureAwait(false)) await _socket.SendAsync(frame).ConfigureAwait(false);
        }
        catch (ParleyException)
        {
            _socket.Abort();
        }
    }

    private async Task<SocketClosure> ReceiveAsync()
    {
        await Task.Yield();
        SocketClosure closure;
        try
        {
            while (await _socket.ReceiveAsync().ConfigureAwait(false) is { } frame)
            {
                _lastReceived = _options.Time.GetTimestamp();
                Dispatch(JsonElement.Parse(frame.Span));
            }
            closure = _socket.Closure!;
        }
        catch (JsonException e)
        {
            _socket.Abort();
            closure = new(SocketClosure.Broken, $"The server sent what is not JSON: {e.Message}");
        }
        _outbound.Writer.TryComplete();
        await _ended.CancelAsync().ConfigureAwait(false);
        // A request that registers after this sweep finds the outbound queue completed and reports the loss itself.
        foreach (PendingAnswer pending in _pending.Values) pending.Lose(closure);
        return closure;
    }

    private void Dispatch(JsonElement frame)
    {
        string type = frame.Text("type") ?? "";
        if (frame.Text("reqId") is { } id)
        {
            if (_pending.TryRemove(id, out PendingAnswer? pending)) pending.Answer((int)(frame.Number("code") ?? 500), type, frame.Member("body"));
        }
        else
        {
            _notify(type, frame.Member("body"));
        }
    }

    private async Task KeepAliveAsync()
    {
        using var timer = new PeriodicTimer(_options.PingInterval, _options.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token).ConfigureAwait(false))
            {
                if (_options.Time.GetElapsedTime(_lastReceived) > _options.PingInterval * 2.5) _socket.Abort();
                else await _socket.SendControlFrameAsync(ControlFrame.Ping, default, _ended.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            _socket.Abort();
        }
    }
}
