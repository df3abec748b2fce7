using Parley.Conversations.Commands;
using Parley.Conversations.Events;

namespace Parley.Conversations.Tests.Properties;

/// <summary>Plays a script on the heart and on the model side by side and asserts after every step that they agree.</summary>
internal sealed class Rehearsal
{
    private const string Id = "conversation";

    private readonly Model _model = new();
    private readonly List<ConversationEvent> _events = [];
    private Conversation? _state;
    private long _now = 1_000;

    public static int Play(Step[] script)
    {
        var rehearsal = new Rehearsal();
        foreach (var step in script) rehearsal.Play(step);
        Assert.Equal(Picture.Of(rehearsal._state), Picture.Of(Evolution.Replay(null, rehearsal._events)));
        return script.Length;
    }

    private void Play(Step step)
    {
        _now += step.Elapsed;
        if (step is Step.Join or Step.Leave)
        {
            if (_model.Allows(step)) Happen(step);
        }
        else
        {
            var expected = _model.Expect(step, _now);
            var before = _state;
            var decision = Decider.Decide(_state, Command(step), _now);
            Assert.Equal(expected, OutcomeOf(decision));
            Assert.Same(before, _state);
            if (expected == Outcome.Repeated) Assert.Same(_model.Earlier((Step.Publish)step), decision.Repeated);
            foreach (var e in decision.Events) Apply(e);
            if (expected == Outcome.Happens) Follow(step, decision);
        }

        if (_state is not null) Compare(_state);
    }

    private void Happen(Step step)
    {
        ConversationEvent e = step switch
        {
            Step.Join j => new ParticipantJoined(Id, Name(j.Agent), j.Role, ParticipantState.Active),
            Step.Leave l => new ParticipantLeft(Id, Name(l.Agent)),
            _ => throw new InvalidOperationException(),
        };
        Apply(e with { Version = _state!.Version + 1, Timestamp = Math.Max(_now, _state.LastTimestamp + 1) });
        if (step is Step.Join join) _model.Join(join.Agent, join.Role);
        else _model.Leave(((Step.Leave)step).Agent);
    }

    private void Apply(ConversationEvent e)
    {
        Assert.Equal(_events.Count + 1, e.Version);
        if (_events.Count > 0) Assert.True(e.Timestamp > _events[^1].Timestamp, "Time went back or stood still.");
        Assert.True(e.Timestamp >= _now, "An event lies before the clock.");
        if (e is MessagePublished m)
        {
            Assert.Equal(_model.NextSequence, m.Sequence);
            Assert.False(_model.Closed, "A closed conversation took a message.");
        }

        _state = Evolution.Apply(_state, e);
        _events.Add(e);
    }

    private void Follow(Step step, Decision decision)
    {
        switch (step)
        {
            case Step.Open s: _model.Open(s); break;
            case Step.Publish s: _model.Publish(s, Assert.IsType<MessagePublished>(Assert.Single(decision.Events))); break;
            case Step.Close s: _model.Close(s); break;
            case Step.Offer s: _model.Offer(s, decision.Events[0].Timestamp + s.Life); break;
            case Step.Answer s: _model.Answer(s); break;
            case Step.End s: _model.End(s); break;
        }
    }

    private void Compare(Conversation state)
    {
        var main = state.Main;
        Assert.Equal(_model.Closed, state.Stage == Stage.Close);
        Assert.Equal(_model.Closed, main.State == Stage.Close);
        Assert.Equal(_model.NextSequence, main.NextSequence);
        Assert.Equal(_model.EffectiveTtr, state.EffectiveTtr);
        Assert.Equal(_model.PrivateSequences, main.PrivateSequences);
        Assert.Equal(_model.Participants.Count, main.Participants.Count);
        foreach (var (user, role) in _model.Participants)
        {
            var participant = main.Find(Name(user));
            Assert.Equal(role, participant?.Role);
            Assert.Equal(_model.Watermarks[user], participant!.ReadThrough);
            Assert.Equal(_model.Unread(user), main.Unread(participant));
        }

        Assert.Equal(_model.Assigned is { } agent ? Name(agent) : null, state.AssignedAgent?.UserId);
        Assert.True(main.Participants.Count(p => p.Role == Role.AssignedAgent) <= 1, "Two agents are in charge.");
        Assert.Equal(_model.Assigned is null && !_model.Closed, state.WaitingSince is not null);
        foreach (var (ring, ringState) in _model.Rings) Assert.Equal(ringState, state.Rings.Single(r => r.Id == RingId(ring)).State);
        Assert.Equal(_model.Accepted, state.Rings.Count(r => r.State == RingState.Accepted));
    }

    private ConversationCommand Command(Step step) => step switch
    {
        Step.Open s => new OpenConversation(
            new ConversationOpened { ConversationId = Id, AccountId = "account", ConsumerId = Name(User.Consumer), Ttr = new Ttr(TtrType.Normal, Model.TtrSeconds), BodyHash = s.Hash },
            s.ByAgent ? Name(User.Ada) : null),
        Step.Publish s => new PublishMessage(Actor(s.User), s.Elsewhere ? "elsewhere" : Id, s.Kind, s.Private ? Audience.AgentsAndManagers : Audience.All, [(byte)s.Body])
        {
            EventId = EventId(s.EventId), Earlier = _model.Earlier(s), Receipts = s.Receipts, IsRead = s.IsRead,
        },
        Step.Close s => Scene.Close(Actor(s.User)) with { EventId = EventId(s.EventId), BodyHash = s.Hash },
        Step.Offer s => new OfferRing(RingId(s.Ring), Name(s.Agent), s.Life),
        Step.Answer s => new AnswerRing(Actor(s.Agent), RingId(s.Ring), s.Accept),
        Step.End s => new EndRing(s.Ring < 0 ? null : RingId(s.Ring), s.Expired ? RingState.Expired : RingState.Cancelled),
        _ => throw new InvalidOperationException(),
    };

    private static Outcome OutcomeOf(Decision decision) => decision switch
    {
        { Refusal: { } refusal } when decision.Events.Length == 0 && decision.Repeated is null => refusal.Kind switch
        {
            RefusalKind.Invalid => Outcome.Invalid,
            RefusalKind.Forbidden => Outcome.Forbidden,
            RefusalKind.NotFound => Outcome.NotFound,
            _ => Outcome.Conflict,
        },
        { Repeated: not null } when decision.Events.Length == 0 => Outcome.Repeated,
        { Refusal: null, Repeated: null, Events.Length: 0 } => Outcome.Nothing,
        { Refusal: null, Repeated: null } => Outcome.Happens,
        _ => throw new InvalidOperationException("A decision is one of events, refusal and repeat."),
    };

    private static Actor Actor(User user) => user switch
    {
        User.System => Conversations.Actor.System,
        User.Consumer or User.Stranger => new Actor(Name(user), ActorKind.Consumer),
        _ => new Actor(Name(user), ActorKind.Agent),
    };

    private static string Name(User user) => user == User.System ? "" : user.ToString();

    private static string RingId(int ring) => $"ring {ring}";

    private static string? EventId(int id) => id < 0 ? null : $"event {id}";
}
