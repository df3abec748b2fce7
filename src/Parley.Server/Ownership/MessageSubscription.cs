using Parley.Conversations;
using Parley.Journal;
using Parley.Protocol;
using Parley.Protocol.Codes;
using Parley.Protocol.Dialects;
using Parley.Server.Gateway;
using Parley.Server.Gateway.Frames;

namespace Parley.Server.Ownership;

/// <summary>
/// A socket's subscription to a dialog: first a replay pulled from the journal at the pace of the socket, then live.
/// Invariant: <c>_next</c> is the first number not yet sent. The replay alone changes it until the subscription is live,
/// then the delivery alone, under the conversation's lock. Once it has ended, nothing more of it is sent.
/// </summary>
internal sealed class MessageSubscription(
    Connection connection, string conversationId, string dialogId, long fromSequence, bool isConsumer, bool notifiesEmpty, OwnershipServices services)
{
    private const int EventsPerRead = 256;
    private const int BytesPerRead = 64 * 1024;

    private readonly Lock _sending = new();
    private long _next = fromSequence;
    private bool _isLive;
    private bool _hasSent;
    private bool _tookPart;
    private volatile bool _hasEnded;

    public Connection Connection => connection;
    public string DialogId => dialogId;
    public string UserId { get; } = connection.Principal!.UserId;
    public bool IsConsumer => isConsumer;
    public bool HasEnded => _hasEnded || connection.Closing is not null;

    /// <summary>Ends it; a running replay sends nothing after this returns.</summary>
    public void End()
    {
        lock (_sending) _hasEnded = true;
    }

    /// <summary>Ends it if its agent took part and does not any more: that he left may have been read, and not heard. By the replay.</summary>
    /// <returns>Whether it has ended.</returns>
    public bool EndsWithout(Conversation? conversation)
    {
        var takesPart = conversation?.FindDialog(dialogId)?.Find(UserId) is { State: ParticipantState.Active };
        if (_tookPart && !takesPart && !isConsumer) End();
        _tookPart |= takesPart;
        return HasEnded;
    }

    /// <summary>Whether it gets events of this audience and kind.</summary>
    public bool Shows(Audience audience, MessageKind kind) => !isConsumer || Visibility.IsForConsumer(connection, audience, kind);

    /// <summary>Whether a live event goes to this subscription now. Under the conversation's lock.</summary>
    public bool Takes(long? sequence)
    {
        if (!_isLive || HasEnded) return false;
        if (sequence is not { } number) return true;
        if (number < _next) return false;
        _next = number + 1;
        return true;
    }

    /// <summary>Becomes live if everything committed was replayed. Under the conversation's lock.</summary>
    public bool TryGoLive(long committedNext)
    {
        if (_next < committedNext && services.Replays) return false;
        _next = Math.Max(_next, committedNext);
        _isLive = true;
        if (!_hasSent && notifiesEmpty && connection.Dialect == Dialect.V3)
            connection.Send(ServerFrame.Seal(MessageEvents.WriteEmpty(Scratch.Notification, dialogId, conversationId)));
        _hasSent = true;
        return true;
    }

    /// <summary>The object it was attached to no longer decides: nothing is delivered live. Under the conversation's lock.</summary>
    /// <returns>Whether it was live: then it must be started again. A replay that is under way goes on by itself.</returns>
    public bool TryLeaveLive()
    {
        var wasLive = _isLive;
        _isLive = false;
        return wasLive;
    }

    /// <summary>Starts the replay from where it is.</summary>
    public void Start() => _ = Task.Run(ReplayAsync);

    private async Task ReplayAsync()
    {
        try
        {
            while (!HasEnded)
            {
                if (IsLiveAfterNext()) break;
                await connection.RoomAsync().ConfigureAwait(false);
            }
        }
        catch (JournalUnavailableException)
        {
            // The client resumes with fromSeq when it has reconnected.
            connection.Close(CloseCode.TryAgainLater, CloseReasons.OutcomeUnknown);
        }
    }

    private bool IsLiveAfterNext()
    {
        using var batch = FlushBatch.Begin();
        return !SendNext() && services.Conversations.Get(conversationId).TryGoLive(this);
    }

    private bool SendNext()
    {
        var events = services.Journal.Read(dialogId, _next, EventsPerRead, BytesPerRead);
        if (events.Count == 0) return false;
        var conversation = services.Journal.Load(conversationId)!;
        if (EndsWithout(conversation)) return true;
        var frames = new MessageFrames(services.Names, conversation);
        foreach (var message in events)
        {
            _next = message.Sequence + 1;
            if (!Shows(message.Audience, message.Kind)) continue;
            frames.SetMessage(message);
            lock (_sending)
            {
                if (_hasEnded) return true;
                connection.Send(frames.In(connection.Dialect, isConsumer));
            }

            _hasSent = true;
        }

        return true;
    }
}
