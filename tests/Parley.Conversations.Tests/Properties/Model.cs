using Parley.Conversations.Events;

namespace Parley.Conversations.Tests.Properties;

/// <summary>What should come of a step.</summary>
internal enum Outcome { Happens, Nothing, Repeated, Invalid, Forbidden, NotFound, Conflict }

/// <summary>
/// The rules once more, written the simplest way: it keeps every message and looks through all of them for each
/// question. It shares no code with the heart.
/// </summary>
internal sealed class Model
{
    private sealed record Message(long Sequence, User User, Role Role, bool IsContent, bool IsPrivate, long Timestamp, MessagePublished Event, int Body);

    private sealed record Offered(User Agent, long Expires) { public RingState State { get; set; } }

    private readonly List<Message> _messages = [];
    private readonly Dictionary<int, Offered> _rings = [];
    private readonly Dictionary<(User, int), ulong> _closings = [];
    private readonly Dictionary<(User, int), Message> _published = [];

    public const int TtrSeconds = 60;

    public bool Opened { get; private set; }

    public bool Closed { get; private set; }

    public ulong Hash { get; private set; }

    public Dictionary<User, Role> Participants { get; } = [];

    public Dictionary<User, long> Watermarks { get; } = [];

    public int Accepted { get; private set; }

    public long NextSequence => _messages.Count;

    public IEnumerable<long> PrivateSequences => _messages.Where(m => m.IsPrivate).Select(m => m.Sequence);

    public IEnumerable<(int Ring, RingState State)> Rings => _rings.Select(r => (r.Key, r.Value.State));

    public User? Assigned => Participants.Where(p => p.Value == Role.AssignedAgent).Select(p => (User?)p.Key).SingleOrDefault();

    public int Unread(User reader) => _messages.Count(m =>
        m.IsContent && m.User != reader && m.Sequence > Watermarks[reader] && !(m.IsPrivate && reader == User.Consumer));

    public long EffectiveTtr
    {
        get
        {
            if (Closed) return -1;
            var seen = _messages.Where(m => m is { IsContent: true, IsPrivate: false }).ToList();
            var answered = seen.FindLastIndex(m => m.Role is not (Role.Consumer or Role.Controller));
            return seen.Skip(answered + 1).FirstOrDefault(m => m.Role == Role.Consumer) is { } oldest ? oldest.Timestamp + (TtrSeconds * 1000) : -1;
        }
    }

    public MessagePublished? Earlier(Step.Publish step) =>
        step.EventId >= 0 && !step.Elsewhere && _published.TryGetValue((step.User, step.EventId), out var first) ? first.Event : null;

    public Outcome Expect(Step step, long now)
    {
        if (step is Step.Open open) return !Opened ? Outcome.Happens : open.Hash == Hash ? Outcome.Nothing : Outcome.Conflict;
        if (!Opened) return Outcome.NotFound;
        return step switch
        {
            Step.Publish p => Expect(p),
            Step.Close c => Expect(c),
            Step.Offer o when Closed => Outcome.Invalid,
            Step.Offer o => Assigned is not null || _rings.ContainsKey(o.Ring) ? Outcome.Conflict : Outcome.Happens,
            Step.Answer a => !_rings.TryGetValue(a.Ring, out var ring) || ring.Agent != a.Agent ? Outcome.NotFound
                : ring.State != RingState.Waiting || now >= ring.Expires ? Outcome.Conflict : Outcome.Happens,
            Step.End { Ring: < 0 } => _rings.Values.Any(r => r.State == RingState.Waiting) ? Outcome.Happens : Outcome.Nothing,
            Step.End e => !_rings.TryGetValue(e.Ring, out var ring) ? Outcome.NotFound
                : ring.State == RingState.Waiting ? Outcome.Happens : Outcome.Conflict,
            _ => throw new InvalidOperationException(),
        };
    }

    /// <summary>Whether a join or leave is a legal event now.</summary>
    public bool Allows(Step step) => Opened && !Closed && step switch
    {
        Step.Join j => Assigned != j.Agent,
        Step.Leave l => Participants.ContainsKey(l.Agent),
        _ => false,
    };

    public void Open(Step.Open step)
    {
        Opened = true;
        Hash = step.Hash;
        Participants[User.Consumer] = Role.Consumer;
        Watermarks[User.Consumer] = -1;
        if (step.ByAgent) Join(User.Ada, Role.AssignedAgent);
    }

    public void Publish(Step.Publish step, MessagePublished published)
    {
        var role = Participants[step.User];
        var known = step.Receipts.Where(n => n >= 0 && n < NextSequence && !(role == Role.Consumer && _messages[(int)n].IsPrivate)).ToList();
        var isReceipt = step.Kind == MessageKind.Receipt;
        var namesOnlyPrivate = isReceipt && role != Role.Consumer && step.Receipts.Length > 0 && step.Receipts.All(n => PrivateSequences.Contains(n));
        var message = new Message(NextSequence, step.User, role, !isReceipt, step.Private || namesOnlyPrivate, published.Timestamp, published, step.Body);
        _messages.Add(message);
        if (step.EventId >= 0) _published[(step.User, step.EventId)] = message;
        if (step.IsRead && known.Count > 0) Watermarks[step.User] = Math.Max(Watermarks[step.User], known.Max());
    }

    public void Close(Step.Close step)
    {
        Closed = true;
        EndWaiting(RingState.Cancelled);
        if (step.EventId >= 0) _closings[(step.User, step.EventId)] = step.Hash;
    }

    public void Offer(Step.Offer step, long expires) => _rings[step.Ring] = new Offered(step.Agent, expires) { State = RingState.Waiting };

    public void Answer(Step.Answer step)
    {
        _rings[step.Ring].State = step.Accept ? RingState.Accepted : RingState.Rejected;
        if (!step.Accept) return;
        EndWaiting(RingState.Cancelled);
        if (Assigned is not null) throw new InvalidOperationException("Two agents are in charge.");
        Accepted++;
        Join(step.Agent, Role.AssignedAgent);
    }

    public void End(Step.End step)
    {
        var state = step.Expired ? RingState.Expired : RingState.Cancelled;
        if (step.Ring < 0) EndWaiting(state);
        else _rings[step.Ring].State = state;
    }

    public void Join(User agent, Role role)
    {
        if (!Participants.ContainsKey(agent))
        {
            Watermarks[agent] = role == Role.AssignedAgent
                ? _messages.LastOrDefault(m => m.IsContent && m.User != User.Consumer)?.Sequence ?? -1
                : NextSequence - 1;
        }

        Participants[agent] = role;
    }

    public void Leave(User agent) => Participants.Remove(agent);

    private Outcome Expect(Step.Publish step)
    {
        if (Earlier(step) is not null)
            return _published[(step.User, step.EventId)].Body == step.Body ? Outcome.Repeated : Outcome.Conflict;
        if (step.Elsewhere) return Outcome.NotFound;
        if (!Participants.TryGetValue(step.User, out var role)) return Outcome.Forbidden;
        if (Closed) return Outcome.Invalid;
        if (role == Role.Reader && step.Kind != MessageKind.Receipt) return Outcome.Forbidden;
        return role == Role.Consumer && step.Private ? Outcome.Forbidden : Outcome.Happens;
    }

    private Outcome Expect(Step.Close step)
    {
        if (step.EventId >= 0 && _closings.TryGetValue((step.User, step.EventId), out var hash))
            return hash == step.Hash ? Outcome.Nothing : Outcome.Conflict;
        if (step.User == User.Stranger) return Outcome.NotFound;
        if (step.User != User.System && !Participants.ContainsKey(step.User)) return Outcome.Invalid;
        if (step.User != User.System && Participants[step.User] == Role.Reader) return Outcome.Forbidden;
        return Closed ? Outcome.Invalid : Outcome.Happens;
    }

    private void EndWaiting(RingState state)
    {
        foreach (var ring in _rings.Values.Where(r => r.State == RingState.Waiting)) ring.State = state;
    }
}
