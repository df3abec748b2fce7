using System.Text.Json;
using Parley.Protocol;
using Parley.Protocol.Tests;

namespace Parley.Server.Tests.Support;

/// <summary>
/// A consumer or agent on one socket. Everything received is kept in order and held against the schemas; what a test
/// waits for is taken once, and a wait that fails says what came instead.
/// </summary>
internal sealed class WireClient : IAsyncDisposable
{
    private readonly RawSocket _socket;
    private readonly Dialect _dialect;
    private readonly Lock _gate = new();
    private readonly List<WireFrame> _frames = [];
    private readonly HashSet<WireFrame> _taken = new(ReferenceEqualityComparer.Instance);
    private readonly Task _reading;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ReceivedFrame? _close;
    private Exception? _failure;
    private bool _hasEnded;
    private int _pings;
    private int _pongs;
    private int _nextId = 1000;

    /// <param name="socket">After its upgrade.</param>
    /// <param name="dialect">The generation of the connection.</param>
    public WireClient(RawSocket socket, Dialect dialect)
    {
        (_socket, _dialect) = (socket, dialect);
        _reading = ReadAsync();
    }

    /// <summary>Whether pings are answered.</summary>
    public bool AnswersPings { get; set; } = true;

    /// <summary>The consumer's id or the agent's public one.</summary>
    public string UserId { get; init; } = "";

    /// <summary>The id that v2 shows of him.</summary>
    public string OldId { get; init; } = "";

    /// <summary>What came so far.</summary>
    public IReadOnlyList<WireFrame> Frames
    {
        get
        {
            lock (_gate) return [.. _frames];
        }
    }

    public Task SendAsync(string text) => _socket.SendAsync(ClientFrame.Text(text));

    public Task SendRawAsync(params byte[][] frames) => _socket.SendAsync(frames);

    /// <summary>Sends a request and takes its answer.</summary>
    public async Task<WireFrame> RequestAsync(string type, string body = "{}")
    {
        var id = NewId();
        await SendAsync(Request(id, type, body));
        return await AnswerAsync(id);
    }

    /// <summary>Sends a request that must succeed and takes its answer.</summary>
    public async Task<WireFrame> DoAsync(string type, string body = "{}")
    {
        var answer = await RequestAsync(type, body);
        Assert.True(answer.Code is 200 or 202, answer.ToString());
        return answer;
    }

    public string NewId() => Interlocked.Increment(ref _nextId).ToString();

    public static string Request(string id, string type, string body = "{}") =>
        $$"""{"kind":"req","id":{{JsonSerializer.Serialize(id)}},"type":"{{type}}","body":{{body}}}""";

    /// <summary>Takes the answer to a request.</summary>
    public Task<WireFrame> AnswerAsync(string reqId) => TakeAsync(f => f.ReqId == reqId, $"an answer to {reqId}");

    /// <summary>Takes the first notification of a type that meets a condition.</summary>
    public Task<WireFrame> NotificationAsync(string type, Func<WireFrame, bool>? condition = null) =>
        TakeAsync(f => f.Kind == "notification" && f.Type == type && (condition is null || condition(f)), $"a notification {type}");

    /// <summary>The server's close frame.</summary>
    public Task<ReceivedFrame> ClosedAsync() => WaitAsync(() => _close, "a close frame");

    /// <summary>The server's close frame if it has come.</summary>
    public ReceivedFrame? CloseFrame
    {
        get
        {
            lock (_gate) return _close;
        }
    }

    /// <summary>Waits for a pong.</summary>
    public Task PongedAsync() => WaitAsync(() => _pongs > 0 ? this : null, "a pong");

    /// <summary>Waits for so many pings of the server.</summary>
    public Task PingedAsync(int times) => WaitAsync(() => _pings >= times ? this : null, $"{times} pings");

    /// <summary>Everything the server had written for this socket before this call has then arrived.</summary>
    public Task CatchUpAsync() => RequestAsync("GetClock");

    public Task<string> PublishAsync(string dialogId, string text) => PublishAsync(dialogId, text, "");

    /// <summary>Publishes a text; the answer's sequence.</summary>
    public async Task<string> PublishAsync(string dialogId, string text, string members) =>
        (await DoAsync("ms.PublishEvent", PublishBody(dialogId, text, members))).Body!["sequence"]!.ToJsonString();

    public static string PublishBody(string dialogId, string text, string members = "") =>
        $$$"""{"dialogId":"{{{dialogId}}}"{{{members}}},"event":{"type":"ContentEvent","contentType":"text/plain","message":{{{JsonSerializer.Serialize(text)}}}}}""";

    /// <summary>Ends the connection as a crashed client does.</summary>
    public void Abort() => _socket.Abort();

    public async ValueTask DisposeAsync()
    {
        await _socket.DisposeAsync();
        await _reading;
        if (_failure is not null) throw new InvalidOperationException("The server sent a wrong frame", _failure);
    }

    private Task<WireFrame> TakeAsync(Func<WireFrame, bool> condition, string what) => WaitAsync(
        () =>
        {
            if (_frames.Find(f => !_taken.Contains(f) && condition(f)) is not { } found) return null;
            _taken.Add(found);
            return found;
        },
        what);

    private async Task<T> WaitAsync<T>(Func<T?> find, string what)
        where T : class
    {
        var deadline = Task.Delay(RawSocket.Patience);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_failure is not null) throw new InvalidOperationException("The server sent a wrong frame", _failure);
                if (find() is { } found) return found;
                if (_hasEnded || deadline.IsCompleted)
                    throw new InvalidOperationException($"{what} did not arrive{(_hasEnded ? $", the socket ended ({_close?.CloseCode} {_close?.CloseReason})" : "")}; this did (of {_frames.Count}):\n{string.Join('\n', _frames.TakeLast(50))}");
                changed = _changed.Task;
            }

            await Task.WhenAny(changed, deadline);
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _socket.ReadAsync() is { } frame) await TakeInAsync(frame);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The connection is gone, by whichever side.
        }
        catch (Exception e)
        {
            lock (_gate) _failure = e;
        }

        Change(() => _hasEnded = true);
    }

    private async Task TakeInAsync(ReceivedFrame frame)
    {
        switch (frame.Opcode)
        {
            case ClientFrame.TextOpcode:
                var errors = await SchemaValidator.ValidateSentAsync(frame.Text, _dialect);
                Assert.True(errors.Count == 0, $"{string.Join("; ", errors)}\n{frame.Text}");
                Change(() => _frames.Add(new WireFrame(_frames.Count, frame.Text)));
                break;
            case ClientFrame.PingOpcode:
                Change(() => _pings++);
                if (AnswersPings) await _socket.SendAsync(ClientFrame.Build(ClientFrame.PongOpcode, frame.Payload));
                break;
            case ClientFrame.PongOpcode:
                Change(() => _pongs++);
                break;
            case ClientFrame.CloseOpcode:
                Change(() => _close = frame);
                await _socket.SendAsync(ClientFrame.Build(ClientFrame.CloseOpcode, frame.Payload));
                break;
        }
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            _changed.SetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
