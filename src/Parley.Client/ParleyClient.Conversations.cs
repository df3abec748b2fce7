using System.Runtime.CompilerServices;
using System.Text.Json;
using Parley.Protocol;

namespace Parley.Client;

public abstract partial class ParleyClient
{
    /// <summary>Keeps a list of conversations: first those that match now, then every change, across reconnects.</summary>
    /// <remarks>A reader that is behind gets each conversation once, as it is by then. After a reconnect all matching conversations are reported again.</remarks>
    /// <exception cref="ParleyRequestException">The server refuses the subscription.</exception>
    public IAsyncEnumerable<ConversationChange> SubscribeConversationsAsync(ConversationFilter? filter = null, CancellationToken cancellation = default) =>
        FollowAsync(new ConversationFeed(Spell(TypeNames.SubscribeExConversations), filter ?? ConversationFilter.Open, () => OwnParticipantId), cancellation);

    /// <summary>Reads a dialog from a sequence on, first what is stored, then live, without hole or repeat, across reconnects.</summary>
    /// <param name="dialogId">The dialog; that of a conversation's main dialog is the conversation's id.</param>
    /// <param name="fromSequence">The first number wanted: 0 for everything, or the last one known plus 1.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="ParleyRequestException">The server refuses the subscription.</exception>
    /// <exception cref="ParleyAuthenticationException">The client gave up.</exception>
    public async IAsyncEnumerable<MessageEvent> SubscribeMessagesAsync(string dialogId, long fromSequence = 0, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        MessageFeed feed = CreateMessageFeed(dialogId, fromSequence);
        Attach(feed);
        try
        {
            await feed.SynchroniseAsync(cancellation).ConfigureAwait(false);
            await foreach (MessageEvent message in feed.ReadAllAsync(cancellation).ConfigureAwait(false)) yield return message;
        }
        finally
        {
            Detach(feed);
            feed.Complete(null);
        }
    }

    /// <summary>Publishes a text and returns its number. The call survives lost answers and reconnects: the text is stored once.</summary>
    /// <inheritdoc cref="PublishAsync"/>
    public Task<long> PublishTextAsync(string dialogId, string text, PublishOptions? options = null, CancellationToken cancellation = default) =>
        PublishAsync(dialogId, content =>
        {
            content.WriteString("type", "ContentEvent");
            content.WriteString("contentType", "text/plain");
            content.WriteString("message", text);
        }, options, cancellation);

    /// <summary>Publishes an event and returns its number. The call survives lost answers and reconnects: the event is stored once.</summary>
    /// <param name="dialogId">The dialog.</param>
    /// <param name="writeEvent">Writes the members of the <c>event</c> object (protocol 10.2); called once per attempt, and has to write the same each time.</param>
    /// <param name="options">What else to say.</param>
    /// <param name="cancellation">Stops trying; whether the event was stored is then unknown, and a later call with the same <see cref="PublishOptions.EventId"/> finds out.</param>
    /// <exception cref="ParleyRequestException">The server refuses the event: 400 malformed or closed, 403 not a participant, 409 the id was used for another event.</exception>
    /// <exception cref="TimeoutException">No answer came within <see cref="ParleyClientOptions.RetryFor"/>.</exception>
    public async Task<long> PublishAsync(string dialogId, Action<Utf8JsonWriter> writeEvent, PublishOptions? options = null, CancellationToken cancellation = default)
    {
        string eventId = options?.EventId ?? NewEventId();
        JsonElement? metadata = options?.Metadata;
        var request = new Request(Spell(TypeNames.PublishEvent), body =>
        {
            body.WriteString("dialogId", dialogId);
            body.WriteString("eventId", eventId);
            if (options is { IsPrivate: true }) body.WriteString("messageAudience", "AGENTS_AND_MANAGERS");
            body.WriteStartObject("event");
            writeEvent(body);
            body.WriteEndObject();
        })
        {
            IsRepeatable = true,
            WriteMetadata = metadata is null ? null : metadata.Value.WriteTo,
        };
        JsonElement answer = await RequestAsync(request, cancellation).ConfigureAwait(false);
        return answer.Number("sequence") ?? throw new ParleyException("The answer to the publish has no sequence.");
    }

    /// <summary>Tells the others that messages arrived here (<c>ACCEPT</c>) or were read (<c>READ</c>).</summary>
    public Task<long> SendReceiptAsync(string dialogId, string status, IReadOnlyCollection<long> sequences, CancellationToken cancellation = default) =>
        PublishAsync(dialogId, receipt =>
        {
            receipt.WriteString("type", "AcceptStatusEvent");
            receipt.WriteString("status", status);
            receipt.WriteStartArray("sequenceList");
            foreach (long sequence in sequences) receipt.WriteNumberValue(sequence);
            receipt.WriteEndArray();
        }, null, cancellation);

    /// <summary>Tells the others what this user is doing, for example <c>COMPOSING</c> or <c>PAUSE</c>. Not stored, and not repeated when the connection is lost.</summary>
    public Task SendChatStateAsync(string dialogId, string chatState, CancellationToken cancellation = default) =>
        RequestAsync(new Request(Spell(TypeNames.PublishEvent), body =>
        {
            body.WriteString("dialogId", dialogId);
            body.WriteStartObject("event");
            body.WriteString("type", "ChatStateEvent");
            body.WriteString("chatState", chatState);
            body.WriteEndObject();
        }), cancellation);

    /// <summary>Reads stored events of a dialog once, ascending.</summary>
    /// <param name="dialogId">The dialog.</param>
    /// <param name="newerThan">Only events with a higher number; null for all.</param>
    /// <param name="olderThan">Only events with a lower number; null for all.</param>
    /// <param name="limit">At most so many, the newest ones; null leaves it to the server.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<MessageEvent>> QueryMessagesAsync(
        string dialogId, long? newerThan = null, long? olderThan = null, int? limit = null, CancellationToken cancellation = default)
    {
        var request = new Request(Spell(TypeNames.QueryMessages), body =>
        {
            body.WriteString("dialogId", dialogId);
            if (newerThan is { } newer) body.WriteNumber("newerThanSequence", newer);
            if (olderThan is { } older) body.WriteNumber("olderThanSequence", older);
            if (limit is { } most) body.WriteNumber("maxQuantity", most);
        }) { IsRepeatable = true };
        JsonElement events = await RequestAsync(request, cancellation).ConfigureAwait(false);
        // On the wire 0 means everything, number 0 included; here it is an exclusive bound like any other.
        return [.. events.Items().Select(MessageEvent.Read).Where(m => newerThan is not { } newer || m.Sequence > newer)];
    }

    /// <summary>Closes a conversation with all its dialogs.</summary>
    /// <exception cref="ParleyRequestException">400 or 409: it is closed already; 403: not a participant.</exception>
    public Task CloseConversationAsync(string conversationId, CancellationToken cancellation = default)
    {
        string eventId = NewEventId();
        return RequestAsync(new Request(Spell(TypeNames.UpdateConversationField), body =>
        {
            body.WriteString("conversationId", conversationId);
            body.WriteString("eventId", eventId);
            body.WriteStartArray("conversationField");
            body.WriteStartObject();
            body.WriteString("field", "ConversationStateField");
            body.WriteString("conversationState", "CLOSE");
            body.WriteEndObject();
            body.WriteEndArray();
        }) { IsRepeatable = true }, cancellation);
    }

    /// <summary>This user's id in the filters of requests; null while it is unknown.</summary>
    private protected abstract string? OwnParticipantId { get; }

    private protected abstract MessageFeed CreateMessageFeed(string dialogId, long fromSequence);

    private protected static string NewEventId() => Guid.CreateVersion7().ToString();

    private protected async IAsyncEnumerable<T> FollowAsync<T>(SubscriptionFeed<T> feed, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Attach(feed);
        try
        {
            await RequestAsync(feed.Subscribe(), cancellation).ConfigureAwait(false);
            await foreach (T item in feed.Queue.ReadAllAsync(cancellation).ConfigureAwait(false)) yield return item;
        }
        finally
        {
            Detach(feed);
        }
    }
}
