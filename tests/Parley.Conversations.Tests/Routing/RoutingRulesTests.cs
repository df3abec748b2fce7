using Parley.Conversations.Changes;
using Parley.Conversations.Commands;
using Parley.Conversations.Events;
using Parley.Conversations.Routing;

namespace Parley.Conversations.Tests.Routing;

/// <summary>What operators decide of skills, agents and the account, one rule at a time.</summary>
public sealed class RoutingRulesTests
{
    private const long Now = 1_000_000;
    private static readonly Actor Manager = new("boss", ActorKind.Agent, IsManager: true);

    private readonly RoutingTable _table = new();
    private readonly Dictionary<string, Conversation> _states = [];
    private readonly Dictionary<string, Offer> _made = [];

    [Fact]
    public void Overdue_ones_go_first_then_the_more_urgent_then_those_due_sooner()
    {
        Wait("normal", Now - 3, ttr: new(TtrType.Normal, 100));
        Wait("sooner", Now - 2, ttr: new(TtrType.Custom, 50));
        Wait("prioritized", Now - 1, ttr: new(TtrType.Prioritized, 900));
        Wait("urgent", Now, ttr: new(TtrType.Urgent, 900));
        Wait("overdue", Now - 2_000, ttr: new(TtrType.Normal, 1));
        Wait("long overdue", Now - 5_000, ttr: new(TtrType.Normal, 1));
        Agent("ada", 9);

        Assert.Equal(["long overdue", "overdue", "urgent", "prioritized", "sooner", "normal"], Next().Select(o => o.ConversationId));
    }

    [Fact]
    public void A_conversation_goes_ahead_at_the_moment_it_becomes_overdue()
    {
        Wait("urgent", Now, ttr: new(TtrType.Urgent, 900));
        Wait("soon", Now, ttr: new(TtrType.Normal, 5));
        Assert.Equal(Now + 5_000, _table.Next(Now + 1).WakeAt);
        _table.Next(Now + 5_000);
        Agent("ada", 1);

        Assert.Equal("soon", Assert.Single(Next(Now + 5_001)).ConversationId);
        Assert.Equal(UrgencyClass.Overdue, _table.PlaceOf("soon", Now + 5_001)!.Key.Class);
    }

    [Fact]
    public void Who_lost_his_agent_goes_before_others_of_his_urgency_and_after_the_more_urgent()
    {
        Wait("first", Now - 10, ttr: new(TtrType.Normal, 500));
        Wait("urgent", Now, ttr: new(TtrType.Urgent, 500));
        Wait("left alone", Now, ttr: new(TtrType.Normal, 500));
        Do("left alone", new OfferRing("ring", "gone", 9_000) { AutoAccept = true });
        Do("left alone", new ReturnToQueue("gone"));
        Agent("ada", 3);

        Assert.Equal(["urgent", "left alone", "first"], Next().Select(o => o.ConversationId));
        Assert.Contains("came back from an agent who left", Offer("left alone").Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_conversation_that_an_agent_gave_back_himself_waits_in_its_turn()
    {
        Wait("given back", Now, ttr: new(TtrType.Normal, 500));
        Do("given back", new OfferRing("ring", "ada", 9_000) { AutoAccept = true });
        Do("given back", new ChangeConversation(Manager, [new ChangeParticipant(ParticipantChange.Remove, Role.AssignedAgent, null, null)]), Now + 50);
        Wait("first", Now + 10, ttr: new(TtrType.Normal, 500));
        Agent("ben", 2);

        Assert.Equal(["first", "given back"], Next(Now + 60).Select(o => o.ConversationId));
    }

    [Fact]
    public void The_agent_to_whom_the_skill_matters_most_has_it_before_one_with_more_free_slots()
    {
        Agent("ada", 1, ("boats", 1));
        Agent("ben", 9, ("boats", 2), ("cars", 1));
        Wait("boat", Now, "boats");
        Wait("car", Now, "cars");

        Assert.Equal([("boat", "ada"), ("car", "ben")], Pairs());
    }

    [Fact]
    public void Specialists_have_a_skill_before_those_who_take_everything()
    {
        Agent("anything", 9);
        Agent("boatswain", 1, ("boats", 3));
        Wait("one", Now, "boats");
        Wait("two", Now + 1, "boats");

        Assert.Equal([("one", "boatswain"), ("two", "anything")], Pairs(Now + 2));
    }

    [Fact]
    public void So_many_agents_are_rung_at_once_as_the_skill_says_and_one_has_it()
    {
        Rules(new() { RingAgents = 3 });
        foreach (var name in (string[])["ada", "ben", "eve", "kim"]) Agent(name, 1, ("boats", 1));
        Wait("boat", Now, "boats");
        var offers = Next();
        Assert.Equal(["ada", "ben", "eve"], offers.Select(o => o.AgentId).Order());
        foreach (var offer in offers) Accepted(offer);
        Assert.Empty(Next());

        Do("boat", new AnswerRing(new Actor("ben", ActorKind.Agent), "boat ben", true));
        Assert.Equal(["ACCEPTED ben", "CANCELLED ada", "CANCELLED eve"], _states["boat"].Rings.Select(r => $"{r.State.ToString().ToUpperInvariant()} {r.AgentId}").Order());
        Wait("next", Now + 1, "boats");
        Assert.Equal(["ada", "eve", "kim"], Next(Now + 2).Select(o => o.AgentId).Order());
    }

    [Fact]
    public void A_place_that_one_of_several_agents_declines_goes_to_the_next()
    {
        Rules(new() { RingAgents = 2 });
        foreach (var name in (string[])["ada", "ben", "eve"]) Agent(name, 1, ("boats", 1));
        Wait("boat", Now, "boats");
        foreach (var offer in Next()) Accepted(offer);
        Do("boat", new AnswerRing(new Actor("ada", ActorKind.Agent), "boat ada", false));

        Assert.Equal("eve", Assert.Single(Next(Now + 1)).AgentId);
    }

    [Fact]
    public void Nobody_is_asked_where_the_skill_accepts_for_him()
    {
        Rules(new() { AutoAccept = true, RingAgents = 5 });
        Agent("ada", 1, ("boats", 1));
        Agent("ben", 1, ("boats", 1));
        Wait("boat", Now, "boats");
        var offer = Assert.Single(Next());

        Assert.True(offer.AutoAccept);
        Accepted(offer);
        Assert.Equal(offer.AgentId, _states["boat"].AssignedAgent?.UserId);
        Assert.Equal(RingState.AutoAccept, _states["boat"].Rings[0].State);
        Assert.Empty(Next());
    }

    [Fact]
    public void A_ring_waits_as_long_as_its_skill_says()
    {
        _table.SetRules(new RoutingRules { RingMilliseconds = 7_000, Skills = new Dictionary<string, SkillRules> { ["boats"] = new() { RingMilliseconds = 3_000 } } });
        Agent("ada", 2);
        Wait("boat", Now, "boats");
        Wait("car", Now + 1, "cars");

        Assert.Equal([3_000L, 7_000L], Next(Now + 2).Select(o => o.Milliseconds));
    }

    [Fact]
    public void Agents_of_the_skill_it_falls_back_to_have_it_when_its_time_is_over()
    {
        Rules(new() { Name = "Boats", FallbackSkillId = "cars", FallbackAfter = 20_000 });
        Agent("driver", 2, ("cars", 1));
        Wait("boat", Now, "boats");

        Assert.Empty(Next(Now + 19_999));
        Assert.Equal(Now + 20_000, _table.Next(Now + 19_999).WakeAt);
        var offer = Assert.Single(Next(Now + 20_000));
        Assert.Equal("driver", offer.AgentId);
        Assert.Contains("nobody of Boats took it", offer.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_own_agents_go_first_even_then()
    {
        Rules(new() { FallbackSkillId = "cars", FallbackAfter = 20_000 });
        Wait("boat", Now, "boats");
        Assert.Empty(Next(Now + 30_000));
        Agent("driver", 9, ("cars", 1));
        Agent("boatswain", 1, ("boats", 9));

        Assert.Equal([("boat", "boatswain")], Pairs(Now + 30_000));
    }

    [Fact]
    public void No_agent_has_more_of_a_skill_than_its_limit_whatever_he_could_take()
    {
        Rules(new() { MaxPerAgent = 1 });
        Agent("ada", 9, ("boats", 1), ("cars", 1));
        Wait("one", Now, "boats");
        Wait("two", Now + 1, "boats");
        Wait("car", Now + 2, "cars");
        Assert.Equal([("one", "ada"), ("car", "ada")], Pairs(Now + 3));
        Assert.Contains("has 1 conversations of this skill", Assert.Single(_table.Verdicts("two", Now + 3)).Verdict, StringComparison.Ordinal);

        Do("one", Scene.Close(Scene.Consumer));
        Assert.Equal([("two", "ada")], Pairs(Now + 4));
    }

    // Once, a conversation that was handed to an agent with too many of its skill was forgotten when he had room again.
    [Fact]
    public void A_handed_conversation_is_remembered_until_its_agent_has_room_for_the_skill()
    {
        Rules(new() { MaxPerAgent = 1 });
        Agent("ada", 9, ("boats", 1));
        Wait("one", Now, "boats");
        Assert.Single(Next());
        Hand("two", "ada");
        Assert.Empty(Next(Now + 1));

        Do("one", Scene.Close(Scene.Consumer));
        Assert.Equal([("two", "ada")], Pairs(Now + 2));
    }

    [Fact]
    public void What_is_handed_to_an_agent_rings_him_while_he_takes_transfers_only()
    {
        _table.SetAgent("ada", new AgentRules("ada", Readiness.Transfers, 2, new Dictionary<string, int>()));
        Wait("new", Now);
        Hand("handed", "ada");
        Agent("ben", 0);

        var offer = Assert.Single(Next(Now + 1));
        Assert.Equal(("handed", "ada"), (offer.ConversationId, offer.AgentId));
        Assert.StartsWith("handed to ada", offer.Why, StringComparison.Ordinal);
        Assert.Equal("takes transfers only", Assert.Single(_table.Verdicts("new", Now + 1), v => v.AgentId == "ada").Verdict);
    }

    [Fact]
    public void New_work_stops_ringing_at_one_who_takes_transfers_only_from_now_on_and_a_transfer_goes_on()
    {
        Agent("ada", 2);
        Wait("new", Now);
        Hand("handed", "ada");
        foreach (var offer in Next(Now + 1)) Accepted(offer);
        _table.SetAgent("ada", new AgentRules("ada", Readiness.Transfers, 2, new Dictionary<string, int>()));

        Assert.Equal([new RingEnd("new", "new ada", RingState.Cancelled)], _table.Next(Now + 2).RingEnds);
    }

    [Fact]
    public void The_end_of_a_ring_is_asked_for_once_and_again_only_when_it_does_not_happen()
    {
        Agent("ada", 1);
        Wait("one", Now);
        Accepted(Assert.Single(Next()));
        var expires = _states["one"].Rings[0].ExpiresTs;
        Assert.Equal(expires, _table.Next(expires - 1).WakeAt);

        Assert.Equal([new RingEnd("one", "one ada", RingState.Expired)], _table.Next(expires).RingEnds);
        Assert.Empty(_table.Next(expires + 1).RingEnds);
        Assert.Equal(expires + RoutingTable.RepeatAfter, _table.Next(expires + 1).WakeAt);
        Assert.Single(_table.Next(expires + RoutingTable.RepeatAfter).RingEnds);
    }

    [Fact]
    public void An_idle_conversation_takes_less_of_a_slot_until_its_consumer_writes_again()
    {
        _table.SetRules(new RoutingRules { IdlePercent = 50, IdleAfter = 60_000 });
        Agent("ada", 1);
        Wait("one", Now);
        Wait("two", Now);
        Accepted(Assert.Single(Next()), autoAccept: true);
        Wait("idle too", Now + 1);
        Do("one", Scene.Text(new Actor("ada", ActorKind.Agent)) with { DialogId = "one" }, Now + 10);
        Assert.Empty(Next(Now + 60_009));
        Assert.Empty(Next(Now + 60_010));

        _table.SetAgent("ada", new AgentRules("ada", Readiness.All, 2, new Dictionary<string, int>()));
        Assert.Equal([("two", "ada")], Pairs(Now + 60_011));
        Assert.Equal(1.5m, Assert.Single(_table.Agents).UsedSlots);
        Do("one", Scene.Text(Scene.Consumer) with { DialogId = "one" }, Now + 60_012);
        _table.Next(Now + 60_013);
        Assert.Equal(2m, Assert.Single(_table.Agents).UsedSlots);
    }

    [Fact]
    public void A_survey_after_the_end_takes_no_slot()
    {
        Agent("ada", 1);
        Wait("one", Now);
        Accepted(Assert.Single(Next()), autoAccept: true);
        Do("one", new ChangeConversation(new Actor("ada", ActorKind.Agent), [new CloseDialog("one", null)])
        {
            Surveys = new SurveyRules(new Dictionary<string, Survey>(), new Survey("bot", "app")),
        });
        Assert.Equal((Stage.Open, "ada"), (_states["one"].Stage, _states["one"].AssignedAgent?.UserId));
        Wait("two", Now + 1);

        Assert.Equal([("two", "ada")], Pairs(Now + 2));
    }

    [Fact]
    public void New_rules_hold_at_once_for_all_that_wait()
    {
        Rules(new());
        Agent("driver", 9, ("cars", 1));
        Wait("boat", Now - 60_000, "boats");
        Assert.Empty(Next());

        Rules(new() { FallbackSkillId = "cars", FallbackAfter = 30_000 });
        Assert.Equal([("boat", "driver")], Pairs());
        Wait("another", Now, "boats");
        Agent("driver", 9, ("boats", 1));
        Assert.Equal([("another", "driver")], Pairs());
    }

    [Fact]
    public void Who_waits_knows_his_place_and_when_others_were_taken_how_long_it_probably_takes()
    {
        for (var i = 0; i < 4; i++) Wait($"c{i}", Now + i, "boats");
        Wait("car", Now, "cars");
        Assert.Null(_table.PlaceOf("c2", Now + 10)!.EstimatedWait);
        foreach (var (id, at) in (ReadOnlySpan<(string, long)>)[("c0", Now + 10_000), ("c1", Now + 20_000)])
            Do(id, new OfferRing("ring", "ada", 9_000) { AutoAccept = true }, at);

        var place = _table.PlaceOf("c3", Now + 20_001)!;
        Assert.Equal(2, place.Position);
        Assert.InRange(place.EstimatedWait!.Value, 19_990, 20_010);
        Assert.Equal(["car", "c2", "c3"], _table.Queue(Now + 20_001).Select(p => p.Conversation.Id));
        Assert.Null(_table.PlaceOf("c0", Now + 20_001));
    }

    [Fact]
    public void An_offer_says_in_a_line_why_it_was_made()
    {
        Rules(new() { Name = "Boats" });
        Agent("ada", 5, ("boats", 2));
        Agent("ben", 5, ("boats", 3));
        Wait("boat", Now - 12_000, "boats", new(TtrType.Urgent, 600));
        Wait("later", Now - 11_000, "boats", new(TtrType.Urgent, 600));

        Assert.Equal(
            "first of 2 waiting for Boats, urgent, due in 588 s, waited 12 s; ada is the best of 2 free: priority 2, 5 of 5 slots free",
            Next()[0].Why);
    }

    private Offer Offer(string conversation) => _made[conversation];

    private void Rules(SkillRules boats) =>
        _table.SetRules(new RoutingRules { Skills = new Dictionary<string, SkillRules> { ["boats"] = boats, ["cars"] = new() } });

    private void Agent(string name, int slots, params (string Id, int Priority)[] skills) =>
        _table.SetAgent(name, new AgentRules(name, Readiness.All, slots, skills.ToDictionary(s => s.Id, s => s.Priority)));

    private void Wait(string id, long since, string? skill = null, Ttr? ttr = null) => Commit(null, Decider.Decide(null, new OpenConversation(new ConversationOpened
    {
        ConversationId = id, AccountId = "account", ConsumerId = Scene.Consumer.UserId, SkillId = skill, MultiDialog = true, Ttr = ttr ?? new Ttr(TtrType.Normal, 3_600),
    }), since));

    private void Hand(string id, string agent)
    {
        Wait(id, Now, "boats");
        Do(id, new ChangeConversation(Manager, [new ChangeParticipant(ParticipantChange.Suggest, Role.AssignedAgent, agent, null)]));
    }

    private IReadOnlyList<Offer> Next(long now = Now)
    {
        var offers = _table.Next(now).Offers;
        foreach (var offer in offers) _made[offer.ConversationId] = offer;
        return offers;
    }

    private IEnumerable<(string, string)> Pairs(long now = Now) => Next(now).Select(o => (o.ConversationId, o.AgentId));

    // The store has it: what was offered rings.
    private void Accepted(Offer offer, bool autoAccept = false) => Do(
        offer.ConversationId,
        new OfferRing($"{offer.ConversationId} {offer.AgentId}", offer.AgentId, offer.Milliseconds) { AutoAccept = offer.AutoAccept || autoAccept, Need = offer.Need, Why = offer.Why });

    private void Do(string id, ConversationCommand command, long now = Now) => Commit(_states[id], Decider.Decide(_states[id], command, now));

    private void Commit(Conversation? state, Decision decision)
    {
        Assert.Null(decision.Refusal);
        var next = Evolution.Replay(state, decision.Events)!;
        _states[next.Id] = next;
        _table.Observe(next);
    }
}
