using System.Collections.Concurrent;
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

    private readonly ConcurrentDictionary<long, Pending> _pending = new();
    private readonly WaitingRoom _waiting = new();
    private readonly LiveConversations _conversations;
    private readonly IShardView _shards;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly ITimer _retry;
    private readonly ITimer _pulse;
    private NodeLinks? _links;
    private INodeNews? _news;
    private long _lastTicket;
    private int _isReleasing;

    /// <param name="conversations">The objects of this node.</param>
    /// <param name="shards">Who decides.</param>
    /// <param name="patience">How long somebody waits for a conversation that changes hands; after that he is told to try again.</param>
    /// <param name="time">The clock.</param>
    public ClusterNodes(LiveConversations conversations, IShardView shards, TimeSpan patience, TimeProvider time)
    {
        (_conversations, _shards, _patience, _time) = (conversations, shards, patience, time);
        _retry = time.CreateTimer(_ => ReleaseWaiting(), null, RetryDelay, RetryDelay);
        _pulse = time.CreateTimer(_ => Pulse(), null, PulseInterval, PulseInterval);
        shards.Moved += OnMoved;
    }

    public bool IsAlone => false;

    /// <summary>What clients of this node wait for, and other nodes, or nobody yet, must decide.</summary>
    public int Waiting => _pending.Count + _waiting.Count;

    /// <summary>The links are made after this, which listens to them.</summary>
    public void Start(NodeLinks links) => _links = links;

    public bool Decides(string conversationId) => _shards.IsMine(conversationId);

    public bool Routes(string accountId) => _shards.IsMine(accountId);

    public void Attach(INodeNews news) => _news = news;

    public void Forward(string conversationId, string? accountId, ConversationCommand command, CommandReply reply)
    {
        ClusterMetrics.Forwarded.Add(1, new KeyValuePair<string, object?>("command", command.GetType().Name));
        Ask(new(conversationId, accountId, command, reply) { Since = _time.GetTimestamp() });
    }

    public void CatchUp(string conversationId, Action caughtUp, Action unavailable) =>
        Ask(new(conversationId, null, null, new LookReply(caughtUp, unavailable)) { Since = _time.GetTimestamp() });

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

    public void Restarted(SiloAddress sender)
    {
        _conversations.Abandon(id => !Decides(id));
        _news!.Missed();
    }

    /// <summary>What was asked of the node may have been carried out or not; its outcome will not come.</summary>
    public void Broke(SiloAddress receiver)
    {
        foreach (var (ticket, pending) in _pending.Where(entry => receiver.Equals(entry.Value.Node)).OrderBy(entry => entry.Key))
        {
            if (!_pending.TryRemove(ticket, out _)) continue;
            EnterInDoubt(pending);
        }
    }

    public void Dispose()
    {
        _shards.Moved -= OnMoved;
        _pulse.Dispose();
        _retry.Dispose();
    }

    private void Ask(Pending pending)
    {
        if (!_waiting.TryEnterBehind(pending) && !TrySend(pending)) _waiting.Enter(pending);
    }

    // A node that is not known, or that is this one by now: whoever decides will be known soon.
    private bool TrySend(Pending pending)
    {
        if (_shards.OwnerOf(pending.ConversationId) is not { } node || !_shards.Others.Contains(node)) return false;
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
        return true;
    }

    private void ReleaseWaiting()
    {
        if (Interlocked.Exchange(ref _isReleasing, 1) == 1) return;
        _waiting.Release(TryGo);
        Volatile.Write(ref _isReleasing, 0);
    }

    private bool TryGo(Pending pending)
    {
        if (_time.GetElapsedTime(pending.Since) > _patience) pending.Reply.Unavailable();
        else if (!Decides(pending.ConversationId)) return TrySend(pending);
        else if (pending.Command is { } command) _conversations.Execute(pending.ConversationId, pending.AccountId, command, pending.Reply);
        else pending.Reply.Succeed(Decision.Nothing);
        return true;
    }

    private void HearAsk(SiloAddress sender, long ticket, string conversationId, string? accountId, ConversationCommand command)
    {
        var reply = new RemoteReply(outcome => Answer(sender, ticket, outcome));
        if (Decides(conversationId)) _conversations.Execute(conversationId, accountId, command, reply);
        else reply.Moved();
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
            case OutcomeKind.Done: pending.Reply.Succeed(outcome.Decision); break;
            case OutcomeKind.Refused: pending.Reply.Refuse(outcome.Refusal!); break;
            case OutcomeKind.Unavailable: pending.Reply.Unavailable(); break;
            case OutcomeKind.Undecided: EnterInDoubt(pending); break;
            default: _waiting.Enter(pending); break;
        }
    }

    // A repeat finds out whether it was carried out, where it can be recognised.
    private void EnterInDoubt(Pending pending)
    {
        if (!pending.IsRepeatable)
        {
            pending.Reply.Undecided();
            return;
        }

        pending.Doubt();
        _waiting.Enter(pending);
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
