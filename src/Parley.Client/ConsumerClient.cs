using System.Text.Json;
using Parley.Protocol;

namespace Parley.Client;

/// <summary>A consumer's side of his conversations, over the third generation of the protocol.</summary>
/// <example>
/// <code>
/// await using var consumer = await ConsumerClient.SignUpAsync(endpoints);
/// await consumer.ConnectAsync();
/// string conversation = await consumer.RequestConversationAsync();
/// await consumer.PublishTextAsync(conversation, "Hello");
/// await foreach (MessageEvent message in consumer.SubscribeMessagesAsync(conversation)) Console.WriteLine(message.Text);
/// </code>
/// </example>
public sealed class ConsumerClient : ParleyClient
{
    private readonly Func<CancellationToken, Task<string>>? _renewToken;
    private readonly SemaphoreSlim _subscribing = new(1, 1);

    /// <summary>A consumer with a token that the program holds.</summary>
    /// <param name="endpoints">The account.</param>
    /// <param name="jwt">The consumer's token.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="renewToken">Gets a new token for the same consumer when the server closes with 4401 or 4407; null when there is none to be had.</param>
    /// <exception cref="FormatException">The text is not a consumer token.</exception>
    public ConsumerClient(ParleyEndpoints endpoints, string jwt, ParleyClientOptions? options = null, Func<CancellationToken, Task<string>>? renewToken = null)
        : base(endpoints, options ?? new())
    {
        Jwt = jwt;
        ConsumerId = ConsumerToken.Subject(jwt);
        _renewToken = renewToken;
    }

    /// <summary>The token in use. Keep it where secrets are kept: with it the same consumer returns.</summary>
    public string Jwt { get; private set; }

    /// <summary>The consumer's id, as it stands in <see cref="MessageEvent.OriginatorId"/> of his own messages.</summary>
    public string ConsumerId { get; }

    /// <summary>Makes a new anonymous consumer, not connected yet.</summary>
    /// <exception cref="ParleyConnectException">The server cannot be reached or signs nobody up.</exception>
    public static async Task<ConsumerClient> SignUpAsync(ParleyEndpoints endpoints, ParleyClientOptions? options = null, CancellationToken cancellation = default)
    {
        using SocketsHttpHandler? own = options?.Handler is null ? CertificateTrust.HandlerFromEnvironment() : null;
        using var http = new HttpMessageInvoker(options?.Handler ?? own!, disposeHandler: false);
        return new ConsumerClient(endpoints, await ConsumerToken.SignUpAsync(http, endpoints, cancellation).ConfigureAwait(false), options);
    }

    /// <summary>Opens a conversation and returns its id, which is also that of its main dialog.</summary>
    /// <param name="skillId">The skill to route to; null for any agent.</param>
    /// <param name="context">The <c>conversationContext</c> to store with it (protocol 9.1), or null.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ParleyRequestException">The server refuses it.</exception>
    public async Task<string> RequestConversationAsync(string? skillId = null, JsonElement? context = null, CancellationToken cancellation = default)
    {
        string eventId = NewEventId();
        var request = new Request(TypeNames.ConsumerRequestConversation, body =>
        {
            body.WriteString("brandId", Endpoints.Account);
            body.WriteString("eventId", eventId);
            if (skillId is not null) body.WriteString("skillId", skillId);
            if (context is not { } given) return;
            body.WritePropertyName("conversationContext");
            given.WriteTo(body);
        }) { IsRepeatable = true };
        JsonElement answer = await RequestAsync(request, cancellation).ConfigureAwait(false);
        return answer.Text("conversationId") ?? throw new ParleyException("The answer to the conversation request has no conversationId.");
    }

    private protected override string OwnParticipantId => ConsumerId;

    private protected override string Spell(string type) => type;

    private protected override MessageFeed CreateMessageFeed(string dialogId, long fromSequence) =>
        new ConsumerMessageFeed(this, dialogId, fromSequence, Options.MessageBuffer);

    private protected override async Task<Upgrade> AuthenticateAsync(bool renew, CancellationToken cancellation)
    {
        if (renew)
        {
            if (_renewToken is null) throw new ParleyAuthenticationException("The server refuses the consumer's token, and there is nothing to renew it with.");
            Jwt = await _renewToken(cancellation).ConfigureAwait(false);
        }
        return new(Endpoints.Socket("consumer?v=3"), $"jwt {Jwt}");
    }

    internal IEnumerable<MessageFeed> MessageFeedsOf(string dialogId) => Feeds<MessageFeed>().Where(f => f.DialogId == dialogId);

    /// <summary>One subscription at a time, so that each one sees from where the answered ones read.</summary>
    internal async Task SubscribeInTurnAsync(Request request, CancellationToken cancellation)
    {
        await _subscribing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await RequestAsync(request, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _subscribing.Release();
        }
    }
}
