using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Parley.Conversations;
using Parley.Conversations.Commands;
using Parley.Conversations.Events;
using Parley.Journal.Encoding;
using Parley.Server.Ownership;

namespace Parley.Cluster.Between;

/// <summary>
/// The way between this node and those that decide for other conversations. Whatever a node says to another is in one stream, so that an outcome comes before the
/// events that it caused, and both before the outcome of what was asked later: who has an answer has heard everything that it looked at.
/// </summary>
internal sealed partial class ClusterNodes : INodes, INodeHearing, IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

    [ThreadStatic]
    private static ByteWriter? _writer;

    // What this thread carries out does not wait: it has waited already, or for others at another node, who may wait for what waits here.
    [ThreadStatic]
    private static bool _waitsForNothing;

    private readonly ConcurrentDictionary<long, Pending> _pending = new();
    private readonly WaitingRoom _waiting = new();
    private readonly LiveConversations _conversations;
    private readonly IShardView _shards;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly ITimer _retry;
    private readonly ITimer _pulse;
    private readonly Action<Pending, SiloAddress> _send;
    private readonly ILogger _log;
    private NodeLinks? _links;
    private INodeNews? _news;
    private long _lastTicket, _lastOrder;
    private int _isReleasing;

    /// <param name="conversations">The objects of this node.</param>
    /// <param name="shards">Who decides.</param>
    /// <param name="patience">How long somebody waits for a conversation that changes hands; after that he is told to try again.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where it is said that something of another node could not be heard.</param>
    public ClusterNodes(LiveConversations conversations, IShardView shards, TimeSpan patience, TimeProvider time, ILogger log)
    {
        (_conversations, _shards, _patience, _time, _log, _send) = (conversations, shards, patience, time, log, Send);
        _retry = time.CreateTimer(_ => ReleaseWaiting(), null, RetryDelay, RetryDelay);
        _pulse = time.CreateTimer(_ => Pulse(), null, PulseInterval, PulseInterval);
        shards.Moved += OnMoved;
        shards.Taken += OnTaken;
    }

    public bool IsAlone => false;

    /// <summary>What clients of this node wait for, and other nodes, or nobody yet, must decide.</summary>
    public int Waiting => _pending.Count + _waiting.Count;

    /// <summary>The links are made after this, which listens to them.</summary>
    public void Start(NodeLinks links) => _links = links;

    public bool Decides(string conversationId) => _shards.IsMine(conversationId);

    public bool MustWait(string conversationId) => !_waitsForNothing && _waiting.Has(conversationId);

    public bool Routes(string accountId) => _shards.IsMine(accountId);

    public void Attach(INodeNews news) => _news = news;

    public void Forward(string conversationId, string? accountId, ConversationCommand command, CommandReply reply)
    {
        if (reply is RemoteReply)
        {
            reply.Moved(); // to go on in its order, from where it was asked
            return;
        }

        ClusterMetrics.Forwarded.Add(1, new KeyValuePair<string, object?>("command", command.GetType().Name));
        Ask(New(conversationId, accountId, command, reply));
    }

    public void CatchUp(string conversationId, Action caughtUp, Action unavailable) =>
        Ask(New(conversationId, null, null, new LookReply(caughtUp, unavailable)));

    public void Tell(string conversationId, ConversationEvent[] events)
    {
        if (!HasListeners) return;
        var item = Begin(ItemKind.Events);
        item.Text(conversationId);
        item.Varint(events.Length);
        foreach (var e in events) EventCodec.Write(item, e);
        TellAll(item.Written);
    }

    public void Hear(SiloAddress sender, ReadOnlySpan<byte> item)
    {
        try
        {
            Take(sender, item);
        }
        catch (Exception e) // the items behind it are about others
        {
            LogMessages.NotHeard(_log, e, (ItemKind)item[0], sender);
        }
    }

    private void Take(SiloAddress sender, ReadOnlySpan<byte> item)
    {
        var from = new ByteReader(item);
        switch ((ItemKind)from.Byte())
        {
            case ItemKind.Ask:
                HearAsk(sender, from.Varint(), from.RequiredText(), from.Text(), CommandCodec.Read(ref from));
                break;
            case ItemKind.CatchUp:
                HearCatchUp(sender, from.Varint(), from.RequiredText());
                break;
            case ItemKind.Outcome:
                HearOutcome(from.Varint(), OutcomeCodec.Read(ref from));
                break;
            case ItemKind.Events:
                var id = from.RequiredText();
                var events = new ConversationEvent[from.Count()];
                for (var i = 0; i < events.Length; i++) events[i] = EventCodec.Read(ref from);
                if (!Decides(id)) _conversations.Hear(id, events);
                break;
            case ItemKind.Alive:
                _heardAt[sender] = _time.GetTimestamp();
                break;
            case var kind and (ItemKind.Presence or ItemKind.Present or ItemKind.State or ItemKind.ChatState):
                NewsCodec.Read(kind, ref from, sender.ToParsableString(), _news!);
                break;
            default:
                break; // of a newer version, which says to all only what old ones need not know
        }
    }

    public void Restarted(SiloAddress sender, bool isAnother)
    {
        if (isAnother) Broke(sender); // outcomes were in it, maybe
        _conversations.Abandon(id => !Decides(id));
        _news!.Missed();
    }

    /// <summary>What was asked of the node may have been carried out or not; its outcome may not come.</summary>
    public void Broke(SiloAddress receiver)
    {
        foreach (var (ticket, pending) in _pending.Where(entry => receiver.Equals(entry.Value.Node)).OrderBy(entry => entry.Key))
        {
            if (_pending.TryRemove(ticket, out _)) ReturnInDoubt(pending);
        }
    }

    public void Dispose()
    {
        _shards.Moved -= OnMoved;
        _shards.Taken -= OnTaken;
        _pulse.Dispose();
        _retry.Dispose();
    }

    private Pending New(string conversationId, string? accountId, ConversationCommand? command, CommandReply reply) =>
        new(conversationId, accountId, command, reply) { Order = Interlocked.Increment(ref _lastOrder), Since = _time.GetTimestamp() };

    private void Ask(Pending pending)
    {
        if (!TrySend(pending)) _waiting.Enter(pending);
    }

    // A node that is not known, or that is this one by now: whoever decides will be known soon.
    private bool TrySend(Pending pending) =>
        _shards.OwnerOf(pending.ConversationId) is { } node && _shards.Others.Contains(node) && _waiting.TryDepart(pending, node, _send);

    private void Send(Pending pending, SiloAddress node)
    {
        var ticket = Interlocked.Increment(ref _lastTicket);
        pending.Node = node;
        _pending[ticket] = pending;
        var item = Begin(pending.Command is null ? ItemKind.CatchUp : ItemKind.Ask);
        item.Varint(ticket);
        item.Text(pending.ConversationId);
        if (pending.Command is { } command)
        {
            item.Text(pending.AccountId);
            CommandCodec.Write(item, command);
        }

        _links!.Send(node, item.Written);
    }

    private void ReleaseWaiting()
    {
        if (Interlocked.Exchange(ref _isReleasing, 1) == 1) return;
        _waitsForNothing = true;
        try
        {
            _waiting.Release(TryGo);
        }
        finally
        {
            _waitsForNothing = false;
            Volatile.Write(ref _isReleasing, 0);
        }
    }

    private bool TryGo(Pending pending)
    {
        var isOver = _time.GetElapsedTime(pending.Since) > _patience;
        if (!isOver && !Decides(pending.ConversationId)) return TrySend(pending);
        if (!isOver && _waiting.IsOut(pending.ConversationId)) return false;
        try
        {
            if (isOver) pending.Reply.Unavailable();
            else if (pending.Command is { } command) _conversations.Execute(pending.ConversationId, pending.AccountId, command, pending.Reply);
            else pending.Reply.Succeed(Decision.Nothing);
        }
        catch (Exception e)
        {
            LogMessages.NotCarriedOut(_log, e, pending.ConversationId);
            pending.Reply.Undecided();
        }

        _waiting.Leave(pending);
        return true;
    }

    private void HearAsk(SiloAddress sender, long ticket, string conversationId, string? accountId, ConversationCommand command)
    {
        var reply = new RemoteReply(outcome => Answer(sender, ticket, outcome));
        _waitsForNothing = true;
        try
        {
            if (Decides(conversationId)) _conversations.Execute(conversationId, accountId, command, reply);
            else reply.Moved();
        }
        catch
        {
            reply.Undecided();
            throw;
        }
        finally
        {
            _waitsForNothing = false;
        }
    }

    private void HearCatchUp(SiloAddress sender, long ticket, string conversationId)
    {
        if (!Decides(conversationId))
        {
            Answer(sender, ticket, new(OutcomeKind.Moved));
            return;
        }

        _conversations.Look(
            conversationId, null, _ => () => Answer(sender, ticket, new(OutcomeKind.Done)), () => Answer(sender, ticket, new(OutcomeKind.Unavailable)));
    }

    private void HearOutcome(long ticket, Outcome outcome)
    {
        if (!_pending.TryRemove(ticket, out var pending)) return;
        switch (outcome.Kind)
        {
            case OutcomeKind.Done: _waiting.Arrive(pending).Succeed(outcome.Decision); break;
            case OutcomeKind.Refused: _waiting.Arrive(pending).Refuse(outcome.Refusal!); break;
            case OutcomeKind.Unavailable: _waiting.Arrive(pending).Unavailable(); break;
            case OutcomeKind.Undecided: ReturnInDoubt(pending); break;
            default: _waiting.Return(pending); break;
        }
    }

    // A repeat finds out whether it was carried out, where it can be recognised.
    private void ReturnInDoubt(Pending pending)
    {
        if (!pending.IsRepeatable)
        {
            _waiting.Arrive(pending).Undecided();
            return;
        }

        pending.Doubt();
        _waiting.Return(pending);
    }

    private void Answer(SiloAddress node, long ticket, Outcome outcome)
    {
        var item = Begin(ItemKind.Outcome);
        item.Varint(ticket);
        OutcomeCodec.Write(item, outcome);
        _links!.Send(node, item.Written);
    }

    // Each thread has one: an item is copied into its stream before the next begins.
    private static ByteWriter Begin(ItemKind kind)
    {
        var writer = _writer ??= new ByteWriter();
        writer.Clear();
        writer.Byte((byte)kind);
        return writer;
    }
}
