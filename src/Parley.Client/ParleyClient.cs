using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Parley.Protocol;

namespace Parley.Client;

/// <summary>
/// What a consumer's and an agent's client have in common: one connection that is kept, requests that survive its loss, subscriptions that resume.
/// All members may be used by several threads.
/// </summary>
public abstract partial class ParleyClient : IAsyncDisposable
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SocketsHttpHandler? _ownHandler;
    private ImmutableList<IFeed> _feeds = [];
    private volatile TaskCompletionSource<RequestChannel> _current = NewCurrent();
    private Task _keeping = Task.CompletedTask;
    private int _started;
    private bool _tokenRefused;
    private bool _tokenUnproven;

    private protected ParleyClient(ParleyEndpoints endpoints, ParleyClientOptions options)
    {
        Endpoints = endpoints;
        Options = options;
        if (options.Handler is null) _ownHandler = CertificateTrust.HandlerFromEnvironment();
        Http = new HttpMessageInvoker(options.Handler ?? _ownHandler!, disposeHandler: false);
    }

    /// <summary>The account and its services.</summary>
    public ParleyEndpoints Endpoints { get; }

    /// <summary>Where the client stands now.</summary>
    public ConnectionState State { get; private set; } = new(ConnectionPhase.Idle);

    /// <summary>Raised after each change of <see cref="State"/>, on the task that changed it; handlers must not block.</summary>
    public event Action<ConnectionState>? StateChanged;

    /// <summary>Completes when the client is disposed; fails with a <see cref="ParleyAuthenticationException"/> when it gave up.</summary>
    public Task Completion => _completion.Task;

    private protected ParleyClientOptions Options { get; }

    private protected HttpMessageInvoker Http { get; }

    private protected CancellationToken Stopping => _stopping.Token;

    /// <summary>Opens the first connection and keeps one from then on, until the client is disposed or its identity is refused.</summary>
    /// <exception cref="ParleyAuthenticationException">The token or login is refused.</exception>
    /// <exception cref="ParleyConnectException">The server cannot be reached. The call may be repeated.</exception>
    public async Task ConnectAsync(CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
        if (Interlocked.Exchange(ref _started, 1) != 0) throw new InvalidOperationException("The client is connected already.");
        RequestChannel channel;
        try
        {
            channel = await OpenAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _started = 0;
            Change(new(ConnectionPhase.Idle));
            if (IsRefusal(e)) throw Refused(e);
            if (e is ParleyConnectionLostException lost) throw new ParleyConnectException($"The server closed the new connection: {lost.Closure}.", null, e);
            throw;
        }
        _keeping = KeepConnectedAsync(channel);
        OnFirstConnected();
    }

    /// <summary>The server's clock.</summary>
    public async Task<DateTimeOffset> GetClockAsync(CancellationToken cancellation = default)
    {
        JsonElement body = await RequestAsync(Clock(), cancellation).ConfigureAwait(false);
        return body.Time("currentTime") ?? throw new ParleyException("The answer to GetClock has no time.");
    }

    /// <summary>Sends a request this library has no method for and returns the body of its answer.</summary>
    /// <param name="type">The type name, as it goes over the wire.</param>
    /// <param name="writeBody">Writes the members of the body object; null for an empty one.</param>
    /// <param name="repeatable">Whether the request may be sent again when its answer was lost.</param>
    /// <param name="cancellation">Stops waiting; a request that was sent is still executed.</param>
    /// <exception cref="ParleyRequestException">The answer is an error.</exception>
    /// <exception cref="ParleyConnectionLostException">The connection ended first, and the request is not repeatable.</exception>
    /// <exception cref="TimeoutException">No answer came in time.</exception>
    public Task<JsonElement> RequestAsync(string type, Action<Utf8JsonWriter>? writeBody = null, bool repeatable = false, CancellationToken cancellation = default) =>
        RequestAsync(new Request(type, writeBody) { IsRepeatable = repeatable }, cancellation);

    /// <summary>Closes the connection, ends all subscriptions and releases what the client holds.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested) return;
        if (_current.Task is { IsCompletedSuccessfully: true, Result: var channel }) await CloseAsync(channel).ConfigureAwait(false);
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _keeping.ConfigureAwait(false);
        Finish(null);
        Http.Dispose();
        _ownHandler?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Where to connect and with what token.</summary>
    /// <param name="renew">Whether the token used last was refused, so that another one is needed.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ParleyAuthenticationException">There is nothing to get a token with, or it is refused.</exception>
    private protected abstract Task<Upgrade> AuthenticateAsync(bool renew, CancellationToken cancellation);

    /// <summary>Brings a new connection to where the last one was, before anything else uses it.</summary>
    private protected virtual async Task RestoreAsync(RequestChannel channel, CancellationToken cancellation)
    {
        foreach (IFeed feed in _feeds)
        {
            try
            {
                await feed.RestoreAsync(channel, cancellation).ConfigureAwait(false);
            }
            catch (ParleyRequestException e) when (e.Code is < 500 and not 429)
            {
                // Not allowed any more: that is this subscription's end, not the connection's.
                Detach(feed);
                feed.Complete(e);
            }
        }
    }

    /// <summary>Called once, when the first connection stands.</summary>
    private protected virtual void OnFirstConnected() { }

    /// <summary>The spelling of a v3 type name that this connection's generation uses.</summary>
    private protected abstract string Spell(string type);

    private protected void Attach(IFeed feed)
    {
        ImmutableInterlocked.Update(ref _feeds, static (feeds, one) => feeds.Add(one), feed);
        if (_completion.Task.IsCompleted) feed.Complete(_completion.Task.Exception?.InnerException);
    }

    private protected void Detach(IFeed feed) => ImmutableInterlocked.Update(ref _feeds, static (feeds, one) => feeds.Remove(one), feed);

    private protected IEnumerable<TFeed> Feeds<TFeed>() where TFeed : IFeed => _feeds.OfType<TFeed>();

    internal async Task<JsonElement> RequestAsync(Request request, CancellationToken cancellation)
    {
        if (!request.IsRepeatable)
        {
            RequestChannel channel = await ConnectedAsync(Options.RequestTimeout, cancellation).ConfigureAwait(false);
            return await channel.RequestAsync(request, cancellation).ConfigureAwait(false);
        }
        long start = Options.Time.GetTimestamp();
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                TimeSpan left = Options.RetryFor - Options.Time.GetElapsedTime(start);
                RequestChannel channel = await ConnectedAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellation).ConfigureAwait(false);
                return await channel.RequestAsync(request, cancellation).ConfigureAwait(false);
            }
            catch (Exception e) when (PauseBeforeRepeating(e, attempt) is { } pause && Options.Time.GetElapsedTime(start) + pause < Options.RetryFor)
            {
                if (pause > TimeSpan.Zero) await Task.Delay(pause, Options.Time, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>How long to wait before the same request is sent again; null when that would be no use.</summary>
    private TimeSpan? PauseBeforeRepeating(Exception failure, int attempt) => failure switch
    {
        ParleyRequestException { Code: 429 } => TimeSpan.FromSeconds(1) + Options.Reconnect.DelayBefore(attempt),
        ParleyRequestException { Code: >= 500 } => Options.Reconnect.DelayBefore(attempt),
        ParleyConnectionLostException or TimeoutException => TimeSpan.Zero,
        _ => null,
    };

    /// <summary>The connection, or the next one if there is none now.</summary>
    private async Task<RequestChannel> ConnectedAsync(TimeSpan limit, CancellationToken cancellation)
    {
        if (_started == 0 && !_stopping.IsCancellationRequested) throw new InvalidOperationException("Call ConnectAsync first.");
        try
        {
            return await _current.Task.WaitAsync(limit, Options.Time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"There was no connection in time. The last one ended with {State.LastClosure}.", e);
        }
    }

    private async Task KeepConnectedAsync(RequestChannel channel)
    {
        int attempt = 0;
        try
        {
            while (true)
            {
                _current.TrySetResult(channel);
                Change(new(ConnectionPhase.Connected, State.LastClosure));
                SocketClosure closure;
                await using (_stopping.Token.Register(channel.Abort).ConfigureAwait(false)) closure = await channel.Closed.ConfigureAwait(false);
                _current = NewCurrent();
                _tokenRefused |= closure.AsksForNewToken;
                if (Options.Time.GetElapsedTime(channel.OpenedAt) >= Options.Reconnect.StableAfter) attempt = 0;
                await channel.DisposeAsync().ConfigureAwait(false);
                (channel, attempt) = await ReopenAsync(closure, attempt).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // DisposeAsync finishes.
        }
        catch (Exception e)
        {
            Finish(e);
        }
    }

    private async Task<(RequestChannel Channel, int Attempt)> ReopenAsync(SocketClosure closure, int attempt)
    {
        while (true)
        {
            TimeSpan delay = Options.Reconnect.DelayBefore(attempt++);
            Task pause = Task.Delay(delay, Options.Time, _stopping.Token);
            Change(new(ConnectionPhase.Waiting, closure, delay));
            await pause.ConfigureAwait(false);
            try
            {
                return (await OpenAsync(_stopping.Token).ConfigureAwait(false), attempt);
            }
            catch (Exception e) when (IsRefusal(e))
            {
                if (_tokenUnproven) throw Refused(e);
                _tokenRefused = true;
            }
            catch (ParleyConnectionLostException e)
            {
                closure = e.Closure;
                _tokenRefused |= closure.AsksForNewToken;
            }
            catch (Exception e) when (e is ParleyConnectException or TimeoutException or ParleyRequestException)
            {
                closure = new(SocketClosure.Broken, e.Message);
            }
        }
    }

    /// <summary>Opens a connection and has it answer once: a consumer's bad token shows only as a close frame after a successful upgrade (protocol 6.8).</summary>
    private async Task<RequestChannel> OpenAsync(CancellationToken cancellation)
    {
        Change(new(ConnectionPhase.Connecting, State.LastClosure));
        using var timeout = new CancellationTokenSource(Options.ConnectTimeout, Options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        RequestChannel? channel = null;
        try
        {
            Upgrade upgrade = await AuthenticateAsync(_tokenRefused, either.Token).ConfigureAwait(false);
            _tokenUnproven |= _tokenRefused;
            _tokenRefused = false;
            var options = new ParleySocketOptions { MaxMessageSize = Options.MaxMessageSize, Headers = { new("Authorization", upgrade.Authorization) } };
            ParleySocket socket = await ParleySocket.ConnectAsync(upgrade.Address, options, Http, either.Token).ConfigureAwait(false);
            channel = new RequestChannel(socket, Options, Notice);
            await channel.RequestAsync(Clock(), either.Token).ConfigureAwait(false);
            _tokenUnproven = false;
            await RestoreAsync(channel, either.Token).ConfigureAwait(false);
            return channel;
        }
        catch (Exception e)
        {
            if (channel is not null) await channel.DisposeAsync().ConfigureAwait(false);
            if (e is OperationCanceledException && timeout.IsCancellationRequested && !cancellation.IsCancellationRequested)
                throw new ParleyConnectException($"{Endpoints.Messaging.Authority} did not answer within {Options.ConnectTimeout.TotalSeconds:0.#} s.", null, e);
            throw;
        }
    }

    private static bool IsRefusal(Exception e) =>
        e is ParleyConnectException { Status: HttpStatusCode.Unauthorized } or ParleyRequestException { Code: 401 }
            or ParleyConnectionLostException { Closure.Code: 4401 or 4407 };

    private static ParleyAuthenticationException Refused(Exception e) => new($"The server refuses this identity. {e.Message}", e);

    private Request Clock() => new(Spell(TypeNames.GetClock)) { IsRepeatable = true };

    private void Notice(string type, JsonElement body)
    {
        foreach (IFeed feed in _feeds) feed.Notice(type, body);
    }

    private void Finish(Exception? reason)
    {
        if (reason is null)
        {
            _completion.TrySetResult();
            _current.TrySetException(new ObjectDisposedException(GetType().Name));
        }
        else
        {
            _completion.TrySetException(reason);
            _current.TrySetException(reason);
            _ = _completion.Task.Exception;
        }
        _ = _current.Task.Exception;
        foreach (IFeed feed in _feeds) feed.Complete(reason);
        Change(new(ConnectionPhase.Ended, State.LastClosure));
    }

    private async Task CloseAsync(RequestChannel channel)
    {
        using var timeout = new CancellationTokenSource(CloseTimeout, Options.Time);
        try
        {
            await channel.CloseAsync(timeout.Token).ConfigureAwait(false);
            await channel.Closed.WaitAsync(timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The peer does not answer; the connection is broken off next.
        }
    }

    /// <summary>Gets a new token and connects again, because the one in use has ended.</summary>
    private protected void Renew()
    {
        _tokenRefused = true;
        if (_current.Task is { IsCompletedSuccessfully: true, Result: var channel }) channel.Abort();
    }

    private void Change(ConnectionState state)
    {
        State = state;
        StateChanged?.Invoke(state);
    }

    private static TaskCompletionSource<RequestChannel> NewCurrent() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
