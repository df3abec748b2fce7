using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Parley.Client;
using Parley.Cluster.Tests.Serving;

namespace Parley.Cluster.Tests.Faults.Loads;

/// <summary>One socket: what is asked on it and answered, and what is delivered. It repeats nothing and resumes nothing: whatever a node does wrong is seen.</summary>
internal sealed class Line : IAsyncDisposable
{
    private static readonly HttpMessageInvoker Http = new(new SocketsHttpHandler());

    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _asked = new();
    private readonly ParleySocket _socket;
    private readonly Action<JsonElement> _received;
    private readonly Task _reading;
    private int _lastId;
    private volatile bool _isOver;

    private Line(ParleySocket socket, Action<JsonElement> received)
    {
        (_socket, _received) = (socket, received);
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>How it ended; null while it is open.</summary>
    public SocketClosure? Closure => _socket.Closure;

    /// <summary>Completes when the node has closed it, or it broke.</summary>
    public Task Ended => _reading;

    /// <param name="node">Where to.</param>
    /// <param name="user">Who.</param>
    /// <param name="received">Called with every notification and every good answer, in order; not after this was disposed of.</param>
    /// <param name="patience">How long to wait.</param>
    /// <exception cref="LineLostException">The node does not take it.</exception>
    public static async Task<Line> OpenAsync(NodeProcess node, User user, Action<JsonElement> received, TimeSpan patience)
    {
        var endpoints = node.Endpoints;
        var address = new Uri($"ws://{endpoints.Messaging.Authority}/ws_api/account/{endpoints.Account}/messaging/{user.Socket}");
        using var limit = new CancellationTokenSource(patience);
        try
        {
            return new(await ParleySocket.ConnectAsync(address, new() { Headers = { new("Authorization", $"jwt {user.Token}") } }, Http, limit.Token), received);
        }
        catch (Exception e) when (e is ParleyConnectException or OperationCanceledException or IOException)
        {
            throw new LineLostException(e.Message);
        }
    }

    /// <summary>Asks, and waits for the answer, whatever its code is.</summary>
    /// <exception cref="LineLostException">It ended first, or there is no answer: nobody knows what became of the request.</exception>
    public async Task<JsonElement> AskAsync(string type, object body, TimeSpan patience)
    {
        var id = $"{Interlocked.Increment(ref _lastId)}";
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = answer;
        try
        {
            if (_isOver) throw new LineLostException("The socket is closed");
            await _socket.SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { kind = "req", id, type, body }))).WaitAsync(patience);
            return await answer.Task.WaitAsync(patience);
        }
        catch (Exception e) when (e is ParleyException or TimeoutException)
        {
            throw new LineLostException(e.Message);
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _isOver = true;
        _socket.Abort();
        await _reading;
        await _socket.DisposeAsync();
    }

    private async Task ReadAsync()
    {
        while (!_isOver && await _socket.ReceiveAsync() is { } frame)
        {
            var message = JsonElement.Parse(frame.Span);
            if (!message.TryGetProperty("reqId", out var id)) _received(message);
            else if (_asked.TryRemove(id.GetString()!, out var answer))
            {
                if (message.GetProperty("code").GetInt32() == 200) _received(message);
                answer.SetResult(message);
            }
        }

        _isOver = true;
        foreach (var answer in _asked.Values) answer.TrySetException(new LineLostException($"{_socket.Closure}"));
    }
}
