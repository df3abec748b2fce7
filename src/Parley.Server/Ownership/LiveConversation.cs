using System.Runtime.InteropServices;
using Parley.Conversations;
using Parley.Conversations.Commands;
using Parley.Conversations.Events;
using Parley.Journal;
using Parley.Protocol.Codes;
using Parley.Server.Gateway;

namespace Parley.Server.Ownership;

/// <summary>
/// The one object in this process that decides for a conversation, or follows the node that does. Invariants, under <see cref="Gate"/>:
/// decisions are taken on <c>_decided</c> and appended to the journal in the same order; nothing leaves the process before its commit;
/// what others may see is <see cref="Committed"/>.
/// </summary>
internal sealed class LiveConversation(string id, OwnershipServices services) : IConversationOwner
{
    private static readonly Refusal Unknown = new(RefusalKind.NotFound, "Conversation not found");
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private const int MostOwed = 1000;

    private readonly KnownEventIds _eventIds = new();
    private List<MessageSubscription> _subscriptions = [];
    private List<MessageSubscription> _interrupted = []; // were live with the predecessor, and go on when this object has read
    private Conversation? _decided;
    private int _pending;
    private bool _isLoaded;
    private bool _isGone;
    private bool _isSuccessor;
    private Conversation? _shown;
    private List<MessagePublished> _owed = [];
    private long _toldVersion;
    private long _lastUsed = services.Time.GetTimestamp();

    public string Id => id;

    public Lock Gate { get; } = new();

    /// <summary>The state that is durable; null when there is no such conversation. Read under <see cref="Gate"/>.</summary>
    public Conversation? Committed { get; private set; }

    /// <summary>Carries a command out; the reply hears the outcome when it is durable.</summary>
    /// <param name="accountId">The account of whoever gives it; to others the conversation does not exist. Null for the server itself.</param>
    /// <param name="command">What to do.</param>
    /// <param name="reply">Who waits.</param>
    /// <returns>False when this object no longer decides: find the conversation's new one and try there.</returns>
    public bool TryExecute(string? accountId, ConversationCommand command, CommandReply reply)
    {
        lock (Gate)
        {
            if (_isGone) return false;
            if (!services.Nodes.Decides(id) || services.Nodes.MustWait(id))
            {
                services.Nodes.Forward(id, accountId, command, reply);
                return true;
            }

            try
            {
                Load();
                if (IsForeign(accountId)) reply.Refuse(Unknown);
                else Execute(command, reply);
            }
            catch (JournalUnavailableException)
            {
                reply.Unavailable();
            }

            DropIfUnknown();
            return true;
        }
    }

    /// <summary>
    /// Looks at the conversation. <paramref name="look"/> sees what was decided, under the lock; the reply it returns is
    /// called when all of that is durable.
    /// </summary>
    /// <returns>False when this object no longer decides.</returns>
    public bool TryLook(string? accountId, Func<Conversation?, Action> look, Action unavailable)
    {
        lock (Gate)
        {
            if (_isGone) return false;
            if (!services.Nodes.Decides(id))
            {
                LookWhenCaughtUp(accountId, look, unavailable);
                return true;
            }

            try
            {
                Load();
                var answer = look(IsForeign(accountId) ? null : _decided);
                if (_pending == 0) answer();
                else Append(new DecisionEntry(this, Decision.Nothing, null, new LookReply(answer, unavailable)));
            }
            catch (JournalUnavailableException)
            {
                unavailable();
            }

            DropIfUnknown();
            return true;
        }
    }

    /// <summary>As <see cref="TryLook"/>, at what is durable and known here.</summary>
    /// <returns>False when this object is no longer the conversation's.</returns>
    public bool TryLookAtCommitted(string? accountId, Func<Conversation?, Action> look, Action unavailable)
    {
        lock (Gate)
        {
            if (_isGone) return false;
            try
            {
                Load();
                look(IsForeign(accountId) ? null : Committed)();
            }
            catch (JournalUnavailableException)
            {
                unavailable();
            }

            DropIfUnknown();
            return true;
        }
    }

    /// <summary>
    /// The node that decides has told what became durable. What was told already, because the store was read meanwhile, is passed over; after a hole the store is
    /// read anew. An object that has read nothing yet does so on another thread, and finds it there: it was durable before it was told.
    /// </summary>
    /// <returns>False when this object is no longer the conversation's.</returns>
    public bool TryHear(ConversationEvent[] events)
    {
        bool isBehind;
        lock (Gate)
        {
            if (_isGone) return false;
            if (!_isLoaded)
            {
                Owe(events);
                if (_isSuccessor) return true;
                _isSuccessor = true;
                _ = Task.Run(RecoverAsync);
                return true;
            }

            _lastUsed = services.Time.GetTimestamp();
            var known = Committed?.Version ?? 0;
            if (events[^1].Version <= known)
            {
                if (events[^1].Version > _toldVersion) SpreadKnown(events);
                return true;
            }

            isBehind = events[0].Version != known + 1;
            if (!isBehind)
            {
                var before = Committed;
                foreach (var e in events) Committed = Evolution.Apply(Committed, e);
                (_decided, _toldVersion) = (Committed, events[^1].Version);
                Spread(before, events);
            }
        }

        if (isBehind)
        {
            OwnershipMetrics.Missed.Add(1);
            Abandon();
        }

        return true;
    }

    /// <summary>
    /// A decision became durable: state, answer, fan-out, in this order. On the committing thread, in log order. An object that has been given up meanwhile tells nobody here: its
    /// successor has the subscriptions, and reads what became durable.
    /// </summary>
    public void Commit(DecisionEntry entry)
    {
        lock (Gate)
        {
            _pending--;
            var before = Committed;
            if (entry.StateAfter is { } after) Committed = after;
            entry.Reply();
            if (entry.Events.Length == 0) return;
            if (!_isGone) Spread(before, entry.Events);
            services.Nodes.Tell(id, entry.Events);
        }
    }

    /// <summary>An entry failed.</summary>
    public void Forget()
    {
        lock (Gate) _pending--;
    }

    /// <inheritdoc/>
    public void Abandon()
    {
        var successor = new LiveConversation(id, services) { _isSuccessor = true };
        lock (Gate)
        {
            if (_isGone) return;
            _isGone = true;
            (successor._shown, successor._owed, successor._toldVersion) = _isLoaded ? (Committed, [], 0) : (_shown, _owed, _toldVersion);
            successor._interrupted = [.. _interrupted, .. _subscriptions.FindAll(static s => s.TryLeaveLive())];
            (successor._subscriptions, _subscriptions) = (_subscriptions, []);
        }

        services.Conversations.Replace(this, successor);
        _ = Task.Run(successor.RecoverAsync);
    }

    /// <summary>Lets the object go if nobody needs it; what it knows is in the journal. One that has to find out what was stored stays until it has.</summary>
    public void EvictIfIdle(TimeSpan idle)
    {
        lock (Gate)
        {
            _subscriptions.RemoveAll(s => s.HasEnded);
            if (_isGone || _isSuccessor || _pending > 0 || _subscriptions.Count > 0 || services.Time.GetElapsedTime(_lastUsed) < idle) return;
            if (!services.Nodes.IsAlone && Committed is { } state && HasAgentsHere(state)) return; // they are sent what another node decides by what is missing here
            _isGone = true;
        }

        services.Conversations.Remove(this);
    }

    /// <summary>Agents hear events without a subscription to resume from: when an outcome is unknown they must start afresh.</summary>
    public void CloseAgentSockets()
    {
        Conversation? state;
        lock (Gate) state = Committed;
        foreach (var participant in state?.Dialogs.SelectMany(d => d.Participants) ?? [])
        {
            if (participant.Role == Role.Consumer) continue;
            foreach (var connection in services.Connections.OfAgent(state!.AccountId, participant.UserId).Open)
                connection.Close(CloseCode.TryAgainLater, CloseReasons.OutcomeUnknown);
        }
    }

    /// <summary>Adds a subscription that will replay first; it replaces an earlier one of the socket to the same dialog.</summary>
    /// <returns>False when this object is no longer the conversation's.</returns>
    public bool TryAttach(MessageSubscription subscription)
    {
        lock (Gate)
        {
            if (_isGone) return false;
            foreach (var former in _subscriptions)
            {
                if (former.Connection == subscription.Connection && former.DialogId == subscription.DialogId) former.End();
            }

            _subscriptions.RemoveAll(s => s.HasEnded);
            _subscriptions.Add(subscription);
            return true;
        }
    }

    /// <summary>Moves a subscription from replay to live when it has caught up.</summary>
    /// <returns>False when there is more to replay.</returns>
    public bool TryGoLive(MessageSubscription subscription)
    {
        lock (Gate)
        {
            if (_isGone) return false;
            Load();
            return IsLive(subscription);
        }
    }

    /// <summary>Sends a chat state to everybody else in the dialog: neither numbered nor stored.</summary>
    /// <param name="userId">Whose it is.</param>
    /// <param name="dialogId">Where.</param>
    /// <param name="parts">What he sent.</param>
    /// <param name="sender">The socket that it came on; null when it came to another node, which was told then.</param>
    public void DistributeChatState(string userId, string dialogId, PublishedParts parts, Connection? sender)
    {
        lock (Gate)
        {
            if (sender is not null) services.Nodes.TellChatState(id, dialogId, userId, parts);
            if (Committed?.FindDialog(dialogId) is not { } dialog || dialog.Find(userId) is not { } originator) return;
            var frames = new MessageFrames(services.Names, Committed);
            frames.SetChatState(dialog, originator, parts);
            Distribute(dialog, ref frames, Audience.All, MessageKind.Content, except: sender);
        }
    }

    /// <summary>Tells those who follow it that its consumer came or went; nothing is loaded for that.</summary>
    /// <param name="presence">Whose voice it is.</param>
    /// <param name="known">The last state known outside, for when this object has not loaded any.</param>
    /// <param name="change">What happened.</param>
    public void TellPresence(ConsumerPresence presence, Conversation known, in PresenceChange change)
    {
        lock (Gate) presence.Send(CollectionsMarshal.AsSpan(_subscriptions), Committed ?? known, change);
    }

    // Or has ended.
    private bool IsLive(MessageSubscription subscription) =>
        subscription.EndsWithout(Committed) || subscription.TryGoLive(Committed?.FindDialog(subscription.DialogId)?.NextSequence ?? 0);

    // In a method of its own: what it captures is allocated where it begins, and a node that decides itself needs none of it.
    private void LookWhenCaughtUp(string? accountId, Func<Conversation?, Action> look, Action unavailable) =>
        services.Nodes.CatchUp(id, () => services.Conversations.LookAtCommitted(id, accountId, look, unavailable), unavailable);

    private bool IsForeign(string? accountId) => accountId is not null && _decided is not null && _decided.AccountId != accountId;

    // Asking for conversations that do not exist must not fill the memory.
    private void DropIfUnknown()
    {
        if (_decided is not null || _pending > 0 || _isSuccessor) return;
        _isGone = true;
        services.Conversations.Remove(this);
    }

    private void Load()
    {
        _lastUsed = services.Time.GetTimestamp();
        if (_isLoaded) return;
        var stored = services.Journal.Load(id);
        var owed = _shown is null || stored is null ? _owed : ReadSince(_shown, stored);
        _decided = Committed = stored;
        _isLoaded = true;
        _eventIds.Reset(isComplete: _decided is null);
        if (_isSuccessor && stored is not null && stored.Version > (_shown?.Version ?? 0)) Show(_shown, stored, isContentOnly: false);
        if (_shown is not null) _toldVersion = stored?.Version ?? 0;
        (_isSuccessor, _shown, _owed) = (false, null, []);
        if (owed.Count > MostOwed) CloseAgentSockets();
        else foreach (var message in owed) Deliver(message);

        // Where nothing is missing nothing is read: many conversations change hands at once.
        foreach (var subscription in _interrupted)
        {
            if (!IsLive(subscription)) subscription.Start();
        }

        _interrupted = [];
    }

    // What is heard before anything was read goes to agents' sockets afterwards: they have no subscription that would be read on.
    private void Owe(ConversationEvent[] events)
    {
        if (_shown is not null) return;
        _toldVersion = events[^1].Version;
        if (_owed.Count <= MostOwed) _owed.AddRange(events.OfType<MessagePublished>());
    }

    // What agents' sockets here were not sent since a state was shown; a part of it when it is so much that they had better begin afresh.
    private List<MessagePublished> ReadSince(Conversation shown, Conversation stored)
    {
        List<MessagePublished> messages = [];
        foreach (var dialog in stored.Dialogs.Where(d => HasAgentsHere(stored, d)))
        {
            for (var next = shown.FindDialog(dialog.Id)?.NextSequence ?? 0; next < dialog.NextSequence && messages.Count <= MostOwed; next = messages[^1].Sequence + 1)
                messages.AddRange(services.Journal.Read(dialog.Id, next, (int)Math.Min(MostOwed, dialog.NextSequence - next), int.MaxValue));
        }

        return messages;
    }

    private bool HasAgentsHere(Conversation conversation) => conversation.Dialogs.Any(dialog => HasAgentsHere(conversation, dialog));

    private bool HasAgentsHere(Conversation conversation, Dialog dialog) => dialog.Participants.Any(participant =>
        participant.Role != Role.Consumer && participant.State == ParticipantState.Active && services.Connections.OfAgent(conversation.AccountId, participant.UserId).Open.Length > 0);

    // A group whose outcome was unknown may be stored after all: lists and routing hear of it as soon as it can be read.
    private async Task RecoverAsync()
    {
        while (true)
        {
            await services.Conversations.Recovering.WaitAsync().ConfigureAwait(false);
            try
            {
                if (TryRecover()) return;
            }
            finally
            {
                services.Conversations.Recovering.Release();
            }

            await Task.Delay(RetryDelay, services.Time).ConfigureAwait(false);
        }
    }

    private bool TryRecover()
    {
        try
        {
            lock (Gate)
            {
                if (_isGone) return true;
                Load();
                OwnershipMetrics.Recovered.Add(1);
                return true;
            }
        }
        catch (JournalUnavailableException)
        {
            return false;
        }
    }

    private void Spread(Conversation? before, ConversationEvent[] events)
    {
        Show(before, Committed!, isContentOnly: Array.TrueForAll(events, static e => e is MessagePublished));
        foreach (var e in events) Deliver(e);
    }

    // It was read just before it was heard, so that nobody here has been told of it yet.
    private void SpreadKnown(ConversationEvent[] events)
    {
        _toldVersion = events[^1].Version;
        Show(null, Committed!, isContentOnly: false);
        foreach (var message in events.OfType<MessagePublished>()) Deliver(message);
    }

    private void Show(Conversation? before, Conversation after, bool isContentOnly)
    {
        services.Lists.Changed(before, after, isContentOnly);
        if (!isContentOnly || services.Routing.Follows(before, after)) services.Routing.Observe(before, after);
        if (!isContentOnly) services.Presence.Observe(before, after);
    }

    private void Execute(ConversationCommand command, CommandReply reply)
    {
        if (command is PublishMessage { EventId: { } eventId } publish)
            command = publish with { Earlier = _eventIds.Find(services.Journal, publish.DialogId, publish.Actor.UserId, eventId) };

        var now = services.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var accountId = _decided?.AccountId ?? (command as OpenConversation)?.Opening.AccountId;
        var decision = Decider.Decide(_decided, command, now, accountId is null ? null : services.Rules.Of(accountId, now));
        if (decision.Events.Length == 0)
        {
            var answer = new DecisionEntry(this, decision, null, reply);
            if (_pending > 0) Append(answer);
            else answer.Reply();
            return;
        }

        foreach (var e in decision.Events)
        {
            _decided = Evolution.Apply(_decided, e);
            if (e is MessagePublished { EventId: not null } message) _eventIds.Add(message, Committed?.Version ?? 0);
        }

        Append(new DecisionEntry(this, decision, _decided, reply));
    }

    private void Append(DecisionEntry entry)
    {
        _pending++;
        services.Journal.Append(entry);
    }

    private void Deliver(ConversationEvent e)
    {
        switch (e)
        {
            case MessagePublished message:
                var dialog = Committed!.FindDialog(message.DialogId)!;
                var frames = new MessageFrames(services.Names, Committed);
                frames.SetMessage(message);
                Distribute(dialog, ref frames, message.Audience, message.Kind, except: null, message.Sequence);
                break;
            case ParticipantLeft left:
                foreach (var subscription in _subscriptions)
                {
                    if (subscription.DialogId == left.DialogId && subscription.UserId == left.UserId) subscription.End();
                }

                _subscriptions.RemoveAll(s => s.HasEnded);
                break;
        }
    }

    private void Distribute(Dialog dialog, ref MessageFrames frames, Audience audience, MessageKind kind, Connection? except, long? sequence = null) =>
        MessageFanOut.Send(services.Connections, CollectionsMarshal.AsSpan(_subscriptions), Committed!, dialog, ref frames, audience, kind, except, sequence);
}
