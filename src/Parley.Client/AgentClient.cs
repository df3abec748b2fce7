using System.Net;
using System.Text.Json;
using Parley.Protocol;

namespace Parley.Client;

/// <summary>An agent's or bot's side, over generation 2.1 of the protocol: state, rings, all conversations he may see.</summary>
/// <example>
/// <code>
/// await using var bot = new AgentClient(endpoints, AgentCredentials.Password("bot", password), new() { AutoAccept = true });
/// await bot.ConnectAsync();
/// await bot.SetStateAsync(AgentAvailability.Online);
/// await foreach (ConversationChange change in bot.SubscribeConversationsAsync(new() { OnlyMine = true })) { ... }
/// </code>
/// </example>
public sealed class AgentClient : ParleyClient
{
    private readonly AgentCredentials _credentials;
    private readonly AgentClientOptions _settings;
    private AgentSession? _session;
    private AgentAvailability? _availability;
    private Task _refreshing = Task.CompletedTask;
    private Task _accepting = Task.CompletedTask;

    /// <summary>An agent, not connected yet.</summary>
    public AgentClient(ParleyEndpoints endpoints, AgentCredentials credentials, AgentClientOptions? options = null) : base(endpoints, options ?? new())
    {
        _credentials = credentials;
        _settings = (AgentClientOptions)Options;
    }

    /// <summary>The agent's id inside requests, <c>account.number</c>; null before the first connection.</summary>
    public string? AgentId { get; private set; }

    /// <summary>The agent's public id, as it stands in <see cref="MessageEvent.OriginatorId"/> and in conversation records; null before the first login, and with a given bearer.</summary>
    public string? PublicId => _session?.PublicId;

    /// <summary>Says what work this agent takes. The state is said again after each reconnect.</summary>
    public async Task SetStateAsync(AgentAvailability availability, CancellationToken cancellation = default)
    {
        await RequestAsync(SetState(availability), cancellation).ConfigureAwait(false);
        _availability = availability;
    }

    /// <summary>Follows the offers to this agent, from those that wait now.</summary>
    /// <remarks>Rings come while the agent is <see cref="AgentAvailability.Online"/>; each is reported again when its state changes.</remarks>
    public IAsyncEnumerable<Ring> SubscribeRingsAsync(CancellationToken cancellation = default) =>
        FollowAsync(new RingFeed(Spell(TypeNames.SubscribeRoutingTasks), Endpoints.Account, () => AgentId), cancellation);

    /// <summary>Takes an offered conversation. The assignment shows in the conversation list.</summary>
    /// <exception cref="ParleyRequestException">404: no such ring; 409: another agent was faster, or it has ended.</exception>
    public Task AcceptRingAsync(string ringId, CancellationToken cancellation = default) => AnswerRingAsync(ringId, "ACCEPTED", cancellation);

    /// <summary>Declines an offered conversation; it goes to another agent.</summary>
    /// <exception cref="ParleyRequestException">404: no such ring; 409: it has ended.</exception>
    public Task RejectRingAsync(string ringId, CancellationToken cancellation = default) => AnswerRingAsync(ringId, "REJECTED", cancellation);

    /// <summary>Ends the session on the server and the client with it.</summary>
    /// <exception cref="ParleyConnectException">The server cannot be reached; the client has ended all the same.</exception>
    public async Task LogOutAsync(CancellationToken cancellation = default)
    {
        try
        {
            if (_session is not null) await _session.LogOutAsync(Http, Endpoints, cancellation).ConfigureAwait(false);
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(_refreshing, _accepting).ConfigureAwait(false);
    }

    private protected override string? OwnParticipantId => AgentId;

    /// <summary>The names of this generation start with <c>.ams</c>, and the conversation list lives under <c>aam</c> (protocol 1.2).</summary>
    private protected override string Spell(string type) =>
        type == TypeNames.GetClock ? $".{type}" : type.StartsWith("cqm.", StringComparison.Ordinal) ? $".ams.aam.{type[4..]}" : $".ams.{type}";

    private protected override MessageFeed CreateMessageFeed(string dialogId, long fromSequence) =>
        new AgentMessageFeed(this, dialogId, fromSequence, Options.MessageBuffer);

    private protected override async Task<Upgrade> AuthenticateAsync(bool renew, CancellationToken cancellation)
    {
        string? bearer = _credentials.GivenBearer;
        if (bearer is not null)
        {
            if (renew) throw new ParleyAuthenticationException("The server refuses the agent's bearer, and there is nothing to log in again with.");
        }
        else if (renew || _session is null)
        {
            _session = await AgentSession.LogInAsync(Http, Endpoints, _credentials.WriteLogin!, cancellation).ConfigureAwait(false);
            AgentId = $"{Endpoints.Account}.{_session.UserId}";
        }
        return new(Endpoints.Socket("brand?v=2.1"), $"jwt {bearer ?? _session!.Bearer}");
    }

    private protected override async Task RestoreAsync(RequestChannel channel, CancellationToken cancellation)
    {
        AgentId ??= (await channel.RequestAsync(new Request(Spell(TypeNames.GetUserProfile)), cancellation).ConfigureAwait(false)).Text("userId");
        if (_availability is { } availability) await channel.RequestAsync(SetState(availability), cancellation).ConfigureAwait(false);
        await base.RestoreAsync(channel, cancellation).ConfigureAwait(false);
    }

    private protected override void OnFirstConnected()
    {
        if (_credentials.GivenBearer is null) _refreshing = RefreshSessionAsync();
        if (_settings.AutoAccept) _accepting = AcceptRingsAsync();
    }

    /// <summary>Everything from a number on, also where the server limits an answer to the newest events.</summary>
    internal async Task<IReadOnlyList<MessageEvent>> QueryFromAsync(string dialogId, long fromSequence)
    {
        List<MessageEvent> events = [];
        long? before = null;
        while (true)
        {
            IReadOnlyList<MessageEvent> page = await QueryMessagesAsync(dialogId, fromSequence - 1, before, cancellation: Stopping).ConfigureAwait(false);
            events.InsertRange(0, page);
            if (page.Count == 0 || page[0].Sequence <= fromSequence) return events;
            before = page[0].Sequence;
        }
    }

    private Request SetState(AgentAvailability availability) => new(Spell(TypeNames.SetAgentState), body =>
    {
        body.WriteString("availability", availability switch
        {
            AgentAvailability.Online => "ONLINE",
            AgentAvailability.Occupied => "OCCUPIED",
            AgentAvailability.BackSoon => "BACK_SOON",
            AgentAvailability.Away => "AWAY",
            _ => "OFFLINE",
        });
        body.WriteStartArray("channels");
        body.WriteStringValue("MESSAGING");
        body.WriteEndArray();
        body.WriteString("agentUserId", AgentId);
    }) { IsRepeatable = true };

    /// <summary>Not repeated when its answer is lost: the ring feed tells what became of it.</summary>
    private Task AnswerRingAsync(string ringId, string state, CancellationToken cancellation) =>
        RequestAsync(new Request(Spell(TypeNames.UpdateRingState), body =>
        {
            body.WriteString("ringId", ringId);
            body.WriteString("ringState", state);
        }), cancellation);

    private async Task AcceptRingsAsync()
    {
        try
        {
            await foreach (Ring ring in SubscribeRingsAsync(Stopping).ConfigureAwait(false))
            {
                if (ring.State != RingState.Waiting) continue;
                try
                {
                    await AcceptRingAsync(ring.Id, Stopping).ConfigureAwait(false);
                }
                catch (Exception e) when (e is ParleyRequestException or ParleyConnectionLostException or TimeoutException)
                {
                    // Taken by another, or lost with the connection: the list of waiting rings that follows a reconnect offers it again.
                }
            }
        }
        catch (Exception) when (Stopping.IsCancellationRequested || Completion.IsCompleted)
        {
            // The client ended.
        }
    }

    private async Task RefreshSessionAsync()
    {
        using var timer = new PeriodicTimer(_settings.SessionRefreshInterval, Options.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(Stopping).ConfigureAwait(false) && !Completion.IsCompleted)
            {
                try
                {
                    await _session!.RefreshAsync(Http, Endpoints, Stopping).ConfigureAwait(false);
                }
                catch (ParleyConnectException e)
                {
                    if (e.Status == HttpStatusCode.Unauthorized) Renew();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The client ended.
        }
    }
}
