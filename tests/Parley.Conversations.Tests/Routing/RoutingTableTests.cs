using Parley.Conversations.Changes;
using Parley.Conversations.Commands;
using Parley.Conversations.Events;
using Parley.Conversations.Routing;

namespace Parley.Conversations.Tests.Routing;

public sealed class RoutingTableTests
{
    private readonly RoutingTable _table = new();

    [Fact]
    public void The_longest_waiting_conversation_goes_first()
    {
        Wait("later", 200);
        Wait("first", 100);
        Agent("ada", 1);

        Assert.Equal([("first", "ada")], Next(300));
        Assert.Equal("later", Assert.Single(_table.Queue(300), place => place.RingsFor.Count == 0).Conversation.Id);
    }

    [Fact]
    public void The_agent_with_the_most_free_slots_is_offered_it()
    {
        Wait("one", 100);
        Wait("two", 200);
        Wait("three", 300);
        Agent("ada", 1);
        Agent("ben", 2);

        Assert.Equal([("one", "ben"), ("two", "ada"), ("three", "ben")], Next(400));
    }

    [Fact]
    public void Among_equals_it_is_the_one_who_got_no_work_for_longest()
    {
        Agent("ada", 5);
        Agent("ben", 5);
        Wait("one", 100);
        Wait("two", 200);
        var offers = Next(300);
        Assert.Equal(["ada", "ben"], offers.Select(o => o.Agent));
        foreach (var id in (string[])["one", "two"])
        {
            var closed = Do(Open(id, 100), Scene.Close(Scene.Consumer));
            _table.Observe(closed);
        }

        Wait("three", 400);
        Assert.Equal([("three", "ada")], Next(500));
    }

    [Fact]
    public void Who_does_not_act_keeps_nothing_for_anybody_and_what_waits_finds_its_agent_when_he_does()
    {
        Agent("ada", 1);
        Wait("one", 100);
        var gone = Open("gone", 100);
        _table.Observe(gone);
        _table.Observe(Do(gone, Scene.Close(Scene.Consumer)));

        var turn = _table.Next(200, acts: false);

        Assert.Empty(turn.Offers);
        Assert.Equal(0, Assert.Single(_table.Agents).UsedSlots);
        Assert.Equal(["one"], _table.Conversations.Select(conversation => conversation.Id));
        Assert.Equal([("one", "ada")], Next(300));
    }

    // Once, every message of a conversation counted as new work of its agent.
    [Fact]
    public void A_message_is_no_new_work()
    {
        Agent("ada", 5);
        Agent("ben", 5);
        var adas = Assigned("ada's", "ada");
        _table.Observe(adas);
        _table.Observe(Assigned("ben's", "ben"));
        _table.Observe(Do(adas, new PublishMessage(Scene.Consumer, "ada's", MessageKind.Content, Audience.All, [1])));

        Wait("new", 100);
        Assert.Equal([("new", "ada")], Next(200));
    }

    [Fact]
    public void A_skill_goes_to_who_has_it_or_has_them_all()
    {
        Wait("cars", 100, "cars");
        Wait("boats", 200, "boats");
        Wait("any", 300);
        Agent("boatswain", 9, "boats");
        Agent("expert", 1);

        Assert.Equal([("cars", "expert"), ("boats", "boatswain"), ("any", "boatswain")], Next(400));
    }

    [Fact]
    public void Nobody_is_offered_work_who_is_away_or_full()
    {
        Wait("one", 100);
        _table.SetAgent("away", Rules("away", Readiness.None, 5));
        Agent("full", 0);

        Assert.Empty(Next(200));
        Agent("full", 1);
        Assert.Single(Next(200));
    }

    [Fact]
    public void An_offer_reserves_its_slot_and_leaves_the_queue()
    {
        Wait("one", 100);
        Wait("two", 200);
        Agent("ada", 1);

        Assert.Single(Next(300));
        Assert.Empty(Next(300));
        Assert.Equal(["ada"], _table.PlaceOf("one", 300)!.RingsFor);
        Assert.Empty(_table.PlaceOf("two", 300)!.RingsFor);
    }

    [Fact]
    public void A_withdrawn_offer_frees_its_slot_and_waits_where_it_was()
    {
        Wait("one", 100);
        Wait("two", 200);
        Agent("ada", 1);
        Next(300);

        _table.Withdraw(Made("one", "ada"));
        _table.Withdraw(Made("unknown", "ada"));

        Assert.Equal(2, _table.Waiting);
        Assert.Equal([("one", "ada")], Next(300));
    }

    // Once, whatever happened to a conversation while its offer was being stored put it back into the queue: it rang twice.
    [Fact]
    public void An_offer_under_way_keeps_its_slot_until_its_ring_is_seen()
    {
        var rejected = Do(Open("one", 100), new OfferRing("first", "ben", 9_000));
        rejected = Do(rejected, new AnswerRing(new Actor("ben", ActorKind.Agent), "first", false));
        _table.Observe(Open("one", 100));
        Agent("ada", 1);
        Next(200);

        _table.Observe(rejected);
        Wait("two", 300);
        Assert.Empty(Next(300));

        _table.Withdraw(Made("one", "ben"));
        Assert.Empty(Next(300));
        _table.Observe(Do(rejected, new OfferRing("second", "ada", 9_000)));
        Assert.Equal("second", Assert.Single(_table.Rings("ada")).Ring.Id);
        _table.Withdraw(Made("one", "ada"));
        Assert.Empty(Next(300));
    }

    [Fact]
    public void A_ring_and_then_the_conversation_hold_one_slot_until_the_close()
    {
        Wait("one", 100);
        Agent("ada", 1);
        Next(200);
        var rung = Do(Open("one", 100), new OfferRing("ring", "ada", 9_000));
        Holds(rung);
        Assert.Equal("ring", Assert.Single(_table.Rings("ada")).Ring.Id);
        Assert.Empty(_table.Rings("ben"));

        var accepted = Do(rung, new AnswerRing(new Actor("ada", ActorKind.Agent), "ring", true));
        Holds(accepted);
        Assert.Empty(_table.Rings("ada"));

        _table.Observe(Do(accepted, Scene.Close(Scene.Consumer)));
        Assert.Equal([("other", "ada")], Next(300));

        void Holds(Conversation state)
        {
            _table.Observe(state);
            Wait("other", 150);
            Assert.Empty(Next(300));
        }
    }

    [Theory]
    [InlineData(RingState.Rejected)]
    [InlineData(RingState.Expired)]
    public void Who_declined_is_asked_again_only_after_a_while(RingState how)
    {
        var declined = Declined("one", "ada", how, at: 1_000);
        _table.Observe(declined);
        Agent("ada", 1);

        Assert.Empty(Turn(1_001, out var wakeAt));
        Assert.Equal(declined.Rings[0].EndedTs + RoutingRules.Default.RetryAfter, wakeAt);
        Assert.Empty(Next(wakeAt!.Value - 1));
        Assert.Equal([("one", "ada")], Next(wakeAt.Value));
    }

    [Fact]
    public void Somebody_who_has_not_declined_goes_before_one_with_more_free_slots_who_has()
    {
        _table.Observe(Declined("one", "ada", RingState.Rejected, at: 1_000));
        Agent("ada", 9);
        Agent("ben", 1);

        Assert.Equal([("one", "ben")], Next(50_000));
    }

    // Once, a conversation that was offered to somebody else still asked to be woken for the one who declined it.
    [Fact]
    public void There_is_nothing_to_wake_up_for_when_somebody_was_found()
    {
        _table.Observe(Declined("one", "ada", RingState.Rejected, at: 1_000));
        Agent("ada", 9);
        Agent("ben", 1);

        Assert.Single(Turn(1_001, out var wakeAt));
        Assert.Null(wakeAt);
    }

    [Fact]
    public void A_cancelled_ring_is_not_declined()
    {
        _table.Observe(Declined("one", "ada", RingState.Cancelled, at: 1_000));
        Agent("ada", 1);

        Assert.Single(Next(1_001));
    }

    [Fact]
    public void A_conversation_whose_agent_left_waits_from_then_on_and_forgets_who_declined_before()
    {
        var declined = Declined("left", "ben", RingState.Rejected, at: 1_000);
        var assigned = Apply(declined, new ParticipantJoined("left", "ada", Role.AssignedAgent, ParticipantState.Active));
        var left = Apply(assigned, new ParticipantLeft("left", "ada"));
        _table.Observe(left);
        Wait("older", left.WaitingSince!.Value - 1);
        Agent("ben", 1);

        Assert.Equal([("older", "ben")], Next(2_000));
        _table.Observe(Do(Open("older", 1), Scene.Close(Scene.Consumer)));
        Assert.Equal([("left", "ben")], Next(2_000));
    }

    [Fact]
    public void Whoever_is_free_gets_it_when_the_agent_it_was_handed_to_joins_in_another_role()
    {
        Actor ada = new("ada", ActorKind.Agent);
        var handed = Do(Assigned("handed", "ada"), new ChangeConversation(ada,
        [
            new ChangeParticipant(ParticipantChange.Remove, Role.AssignedAgent, null, null),
            new ChangeParticipant(ParticipantChange.Suggest, Role.AssignedAgent, "ben", null),
            new ChangeParticipant(ParticipantChange.Add, Role.Agent, "ben", null),
        ]));
        Agent("cleo", 1);

        _table.Observe(handed);

        Assert.Equal([("handed", "cleo")], Next(300));
    }

    private void Wait(string id, long since, string? skill = null) => _table.Observe(Open(id, since, skill));

    private void Agent(string id, int slots, params string[] skills) => _table.SetAgent(id, Rules(id, Readiness.All, slots, skills));

    private static AgentRules Rules(string id, Readiness readiness, int slots, params string[] skills) =>
        new(id, readiness, slots, skills.ToDictionary(skill => skill, _ => 1));

    private static Offer Made(string conversation, string agent) => new(conversation, agent, 0, false, "", default);

    private IReadOnlyList<(string Conversation, string Agent)> Next(long now) => Turn(now, out _);

    private IReadOnlyList<(string Conversation, string Agent)> Turn(long now, out long? wakeAt)
    {
        var turn = _table.Next(now);
        wakeAt = turn.WakeAt;
        return [.. turn.Offers.Select(offer => (offer.ConversationId, offer.AgentId))];
    }

    private static Conversation Declined(string id, string agent, RingState how, long at)
    {
        var rung = Do(Open(id, 100), new OfferRing($"ring of {id}", agent, 60_000));
        return how == RingState.Rejected
            ? Do(rung, new AnswerRing(new Actor(agent, ActorKind.Agent), $"ring of {id}", false), at)
            : Do(rung, new EndRing(null, how), at);
    }

    private static Conversation Assigned(string id, string agent) =>
        Apply(Open(id, 1), new ParticipantJoined(id, agent, Role.AssignedAgent, ParticipantState.Active));

    private static Conversation Open(string id, long since, string? skill = null) =>
        Evolution.Replay(null, Decider.Decide(null, new OpenConversation(new ConversationOpened { ConversationId = id, AccountId = "account", ConsumerId = Scene.Consumer.UserId, SkillId = skill }), since).Events)!;

    private static Conversation Do(Conversation state, ConversationCommand command, long now = 200)
    {
        var decision = Decider.Decide(state, command, now);
        Assert.Null(decision.Refusal);
        return Evolution.Replay(state, decision.Events)!;
    }

    private static Conversation Apply(Conversation state, ConversationEvent e) =>
        Evolution.Apply(state, e with { Version = state.Version + 1, Timestamp = state.LastTimestamp + 1 });
}
