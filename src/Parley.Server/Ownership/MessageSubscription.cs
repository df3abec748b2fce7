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
/// then the delivery alone, under the conversation's lock.
/// </summary>
internal sealed class MessageSubscription(
    Connection connection, string conversationId, string dialogId, long fromSequence, bool isConsumer, bool notifiesEmpty, OwnershipServices services)
{
    private const int EventsPerRead = 256;
    private const int BytesPerRead = 64 * 1024;

    private long _next = fromSequence;
    private bool _isLive;
    private bool _hasSent;
    private volatile bool _hasEnded;

    public Connection Connection => connection;
    public string DialogId => dialogId;
    public string UserId { get; } = connection.Principal!.UserId;
    public bool IsConsumer => isConsumer;
    public bool HasEnded => _hasEnded || connection.IsClosed;

    public void End() => _hasEnded = true;

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
        if (_next < committedNext && services.Replays && !HasEnded) return false;
        _next = Math.Max(_next, committedNext);
        _isLive = true;
        if (!_hasSent && notifiesEmpty && connection.Dialect == Dialect.V3)
            connection.Send(ServerFrame.Seal(MessageEvents.WriteEmpty(Scratch.Notification, dialogId, conversationId)));
        _hasSent = true;
        return true;
    }

    /// <summary>The object it was attached to no longer decides: replay on from where it is. A replay under way finds the new one itself.</summary>
    public void Resume()
    {
        if (!_isLive) return;
        _isLive = false;
        _hasSent = true;
        Start();
    }

    /// <summary>Starts the replay.</summary>
    public void Start() => _ = Task.Run(ReplayAsync);

    private async Task ReplayAsync()
    {
        try
        {
            while (!HasEnded)
            {
                if (!SendNext() && services.Conversations.Get(conversationId).TryGoLive(this)) break;
                FlushBatch.Flush();
                await connection.DrainedAsync().ConfigureAwait(false);
            }
        }
        catch (JournalUnavailableException)
        {
            // The client resumes with fromSeq when it has reconnected.
            connection.Close(CloseCode.TryAgainLater, CloseReasons.OutcomeUnknown);
        }
        finally
        {
            FlushBatch.Flush();
        }
    }

    private bool SendNext()
    {
        var events = services.Journal.Read(dialogId, _next, EventsPerRead, BytesPerRead);
        if (events.Count == 0) return false;
        var conversation = services.Journal.Load(conversationId)!;
        var frames = new MessageFrames(services.Names, conversation);
        foreach (var message in events)
        {
            _next = message.Sequence + 1;
            if (isConsumer && message.Audience != Audience.All) continue;
            frames.SetMessage(message);
            connection.Send(frames.In(connection.Dialect));
            _hasSent = true;
        }

        return true;
    }
}
