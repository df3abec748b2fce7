using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Parley.Protocol;
using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;
using Parley.Server.Gateway.Frames;
using Parley.Server.Hosting;
using Parley.Server.Identity;
using Parley.Server.Lists;
using Parley.Server.Routing;

namespace Parley.Server.Gateway;

/// <summary>
/// One open socket: its identity, its answers in order, its way out. Most sockets only stay: what such a one does not need
/// is made when it is. Locks are taken in the order conversation,
/// subscription, connection; nothing is called back under the connection's lock.
/// </summary>
internal sealed class Connection
{
    private static long _lastId;

    private readonly Lock _gate = new();
    private readonly Outbound _outbound;
    private readonly AnswerQueue _answers;
    private readonly LimitOptions _limits;
    // The transport's, not a request's: that one may serve another connection by the time this is aborted.
    private readonly IConnectionLifetimeFeature _transport;
    private RoutingSubscriptions? _routing;
    private TaskCompletionSource? _readable;
    private TaskCompletionSource? _released;
    private (CloseCode Code, string Reason)? _parting;
    private int _isTouched;
    private int _pauses;
    private bool _isReading;

    public Connection(string accountId, Dialect dialect, IDuplexPipe transport, LimitOptions limits, TimeProvider time, IConnectionLifetimeFeature lifetime)
    {
        AccountId = accountId;
        Dialect = dialect;
        Input = transport.Input;
        Time = time;
        _limits = limits;
        _transport = lifetime;
        _outbound = new Outbound(transport.Output, _gate);
        _answers = new AnswerQueue(_outbound);
        OpenedAt = LastReceived = LastPing = time.GetTimestamp();
    }

    /// <summary>What logs call it.</summary>
    public long Id { get; } = Interlocked.Increment(ref _lastId);

    /// <summary>The peer's address, as shown in client properties.</summary>
    public string PeerAddress { get; init; } = "";

    /// <summary>The longest text message, characters.</summary>
    public int MaxText { get; init; }

    public string AccountId { get; }
    public Dialect Dialect { get; }
    public PipeReader Input { get; }
    public TimeProvider Time { get; }
    public long OpenedAt { get; }

    /// <summary>Timestamp of the last frame of any kind.</summary>
    public long LastReceived { get; set; }

    /// <summary>Timestamp of the last ping sent.</summary>
    public long LastPing { get; set; }

    /// <summary>Who speaks; null until known.</summary>
    public Principal? Principal { get; set; }

    /// <summary>Raw JSON of the client's properties, or null (protocol 6.5).</summary>
    public string? ClientProperties
    {
        get;
        set
        {
            field = value;
            HidesRichContent = value is not null && Gateway.ClientProperties.LacksFeature(value, "RICH_CONTENT");
        }
    }

    /// <summary>Whether the client named what it can do and rich content is not among it (protocol 6.5).</summary>
    public bool HidesRichContent { get; private set; }

    /// <summary>The socket's rate limit; null when there is none.</summary>
    public TokenBucket? RateLimit { get; set; }

    /// <summary>Conversation lists subscribed on this socket: few, hence searched. Used by the reading loop alone.</summary>
    public ListSubscription[] Lists { get; set; } = [];

    /// <summary>Subscriptions to rings and agent states.</summary>
    public RoutingSubscriptions Routing => LazyInitializer.EnsureInitialized(ref _routing);

    /// <summary>How many lists, rings and agent states the socket follows.</summary>
    public int Subscriptions => Lists.Length + (_routing is { } routing ? routing.Tasks.Count + routing.States.Count : 0);

    /// <summary>Whether its end is registered: nobody is identified on it any more. Under the lock of <see cref="Connections"/>.</summary>
    public bool HasLeft { get; set; }

    /// <summary>The code and reason the server closes with; null while open.</summary>
    public CloseCode? Closing { get; private set; }

    /// <summary>Whether the client closed first; its code says nothing about the server.</summary>
    public bool IsClosedByPeer { get; set; }

    /// <summary>Dialogs subscribed on this socket. Used by the reading loop alone.</summary>
    public HashSet<string> Dialogs => field ??= [];

    /// <summary>Timestamp of the server's close frame.</summary>
    public long ClosingAt { get; private set; }

    /// <summary>
    /// Whether a frame may be read now: not while all slots are taken or the peer does not take its answers, because both
    /// would fill the memory. Once the server has closed, only the peer's close frame is looked for. Until the next call or <see cref="EndRead"/>
    /// the frame counts as a request that is not answered: a socket that is about to close does not close before its slot is taken.
    /// </summary>
    public bool BeginRead()
    {
        lock (_gate) return _isReading = CanReadLocked;
    }

    /// <summary>No frame is being handled any more.</summary>
    public void EndRead()
    {
        lock (_gate)
        {
            _isReading = false;
            Part();
        }
    }

    /// <summary>Whether nothing can be sent any more.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The next slot of the answer queue.</summary>
    public long TakeSlot(bool holdsNotifications = false)
    {
        lock (_gate) return _answers.Take(holdsNotifications);
    }

    /// <summary>Gives a slot its answer.</summary>
    public void Answer(long slot, PayloadWriter payload) => Answer(slot, ServerFrame.Seal(payload));

    /// <summary>Gives a slot its answer as whole frames.</summary>
    public void Answer(long slot, ReadOnlySpan<byte> frames)
    {
        lock (_gate)
        {
            _answers.Complete(slot, frames);
            Touched();
            Part();
            SignalReadable();
            if (_released is not null && _answers.Held == 0)
            {
                _released.TrySetResult();
                _released = null;
            }
        }
    }

    /// <summary>Sends a live notification; a socket that reads too slowly is cut.</summary>
    public void Notify(ReadOnlySpan<byte> frame)
    {
        lock (_gate)
        {
            if (Closing is not null) return;
            _answers.Notify(frame);
            if (_outbound.Waiting + _answers.Held > _limits.OutboundBytes) CloseLocked(CloseCode.TryAgainLater, CloseReasons.SlowReader);
            Touched();
        }
    }

    /// <summary>Sends part of a replay, which the sender paces with <see cref="RoomAsync"/>.</summary>
    public void Send(ReadOnlySpan<byte> frame)
    {
        lock (_gate)
        {
            if (Closing is not null) return;
            _answers.Notify(frame);
            Touched();
        }
    }

    /// <summary>Completes when nothing is held back behind an answer and the transport took everything written so far.</summary>
    public async Task RoomAsync()
    {
        while (true)
        {
            Task room;
            lock (_gate)
            {
                room = _answers.Held > 0 && !IsClosed
                    ? (_released ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task
                    : _outbound.DrainedAsync();
            }

            if (room.IsCompleted) return;
            await room.ConfigureAwait(false);
        }
    }

    /// <summary>Completes when the transport took everything written so far.</summary>
    public Task DrainedAsync()
    {
        lock (_gate) return _outbound.DrainedAsync();
    }

    /// <summary>Completes when it is worth asking <see cref="BeginRead"/> again.</summary>
    public Task ReadableAsync()
    {
        lock (_gate)
        {
            if (CanReadLocked || IsClosed) return Task.CompletedTask;
            if (_pauses == 0 && _answers.Open < _limits.OpenRequests && _parting is null) return _outbound.DrainedAsync();
            return (_readable ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>
    /// Takes no more requests until <see cref="Resume"/>: what the client sent next must have its effect later. Called by the reading loop, or while it is paused
    /// already: then all of them must end.
    /// </summary>
    public void Pause()
    {
        lock (_gate) _pauses++;
    }

    /// <summary>Ends one <see cref="Pause"/>.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            if (--_pauses > 0) return;
            _readable?.TrySetResult();
            _readable = null;
        }
    }

    /// <summary>Sends a ping (RFC 6455, 5.5.2).</summary>
    public void Ping()
    {
        lock (_gate)
        {
            _outbound.Write(ServerFrame.Control(Opcode.Ping, default));
            Touched();
        }
    }

    /// <summary>Answers a ping.</summary>
    public void Pong(ReadOnlySpan<byte> payload)
    {
        lock (_gate)
        {
            if (Closing is null) _outbound.Write(ServerFrame.Control(Opcode.Pong, payload));
            Touched();
        }
    }

    /// <summary>Closes from the server's side; the socket ends when the client has answered or after the close time-out.</summary>
    public void Close(CloseCode code, string reason)
    {
        lock (_gate) CloseLocked(code, reason);
    }

    /// <summary>Closes a socket whose consumer token is not accepted: an expired anonymous one is renewed, any other replaced.</summary>
    public void Refuse(TokenValidation token) => Close(
        token is { Failure: TokenFailure.Expired, IsAnonymous: true } ? CloseCode.IdentityRenewal : CloseCode.IdentityRequired, CloseReasons.IdentityInvalid);

    /// <summary>Takes no more requests and closes when those taken are answered.</summary>
    public void CloseWhenAnswered(CloseCode code, string reason)
    {
        lock (_gate)
        {
            _parting = (code, reason);
            Part();
        }
    }

    /// <summary>Ends the transport without further ado.</summary>
    public void Abort()
    {
        End();
        _transport.Abort();
    }

    /// <summary>The transport is gone.</summary>
    public void End()
    {
        lock (_gate)
        {
            IsClosed = true;
            Closing ??= CloseCode.Normal;
            _outbound.Kill();
            SignalReadable();
            _released?.TrySetResult();
        }
    }

    /// <summary>Hands everything written to the transport.</summary>
    public void Flush()
    {
        Volatile.Write(ref _isTouched, 0);
        lock (_gate) _outbound.Flush();
    }

    private bool CanReadLocked => !IsClosed && (Closing is not null
        || (_pauses == 0 && _parting is null && _answers.Open < _limits.OpenRequests && _outbound.Waiting <= _limits.OutboundBytes));

    private void Part()
    {
        if (_parting is { } parting && _answers.Open == 0 && !_isReading) CloseLocked(parting.Code, parting.Reason);
    }

    private void SignalReadable()
    {
        if (_readable is null || !(CanReadLocked || IsClosed)) return;
        _readable.SetResult();
        _readable = null;
    }

    private void CloseLocked(CloseCode code, string reason)
    {
        if (Closing is not null) return;
        Closing = code;
        ClosingAt = Time.GetTimestamp();
        Span<byte> payload = stackalloc byte[125];
        payload[0] = (byte)((int)code >> 8);
        payload[1] = (byte)code;
        var length = 2 + Encoding.UTF8.GetBytes(reason, payload[2..]);
        _outbound.WriteLast(ServerFrame.Control(Opcode.Close, payload[..length]));
        SignalReadable();
        Touched();
    }

    private void Touched()
    {
        if (Interlocked.Exchange(ref _isTouched, 1) == 0 && !FlushBatch.TryAdd(this)) Flush();
    }
}
