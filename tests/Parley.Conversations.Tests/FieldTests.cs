using Parley.Conversations.Changes;
using Parley.Conversations.Commands;

namespace Parley.Conversations.Tests;

public sealed class FieldTests
{
    [Fact]
    public void The_promise_runs_from_the_oldest_unanswered_message_the_end_of_a_delay_or_is_what_an_agent_said()
    {
        var scene = Scene.Assigned();
        scene.Clock = 10_000;
        scene.Do(Scene.Text(Scene.Consumer));
        Assert.Equal(70_000, scene.Now.EffectiveTtr);

        scene.Do(Change(Scene.Consumer, new ChangeTtr(TtrType.Urgent, 5)));
        Assert.Equal((15_000L, TtrType.Urgent), (scene.Now.EffectiveTtr, scene.Now.Ttr.Type));
        scene.Do(Change(Scene.Agent, new SetDelay(new Delay("NIGHT", 100_000))));
        Assert.Equal(105_000, scene.Now.EffectiveTtr);
        scene.Do(Change(Scene.Agent, new SetManualEttr(50_000)));
        Assert.Equal(50_000, scene.Now.EffectiveTtr);
        scene.Do(Scene.Text(Scene.Agent));
        Assert.Equal(-1, scene.Now.EffectiveTtr);

        scene.Clock = 60_000;
        scene.Do(Scene.Text(Scene.Consumer));
        Assert.Equal(105_000, scene.Now.EffectiveTtr);
    }

    [Fact]
    public void A_rating_is_taken_after_the_close_and_from_the_consumer_alone()
    {
        var scene = Scene.Assigned();
        var rate = new RateConversation(new Csat(5, true, "FILLED"));
        scene.Do(Scene.Close(Scene.Agent));

        scene.Do(Change(Scene.Consumer, rate));
        scene.Do(Change(Scene.Consumer, new SetField(OpaqueField.CsatSeen, "true")));

        Assert.Equal(rate.Csat, scene.Now.Csat);
        Assert.True(scene.Now.CsatSeen);
        Refused.With(RefusalKind.Forbidden, scene.Decide(Change(Scene.Agent, rate)));
        Refused.With(RefusalKind.NotFound, scene.Decide(Change(Scene.OtherConsumer, rate)));
        Refused.With(RefusalKind.Invalid, scene.Decide(Change(Scene.Consumer, new ChangeTtr(TtrType.Urgent, 1))));
    }

    public static TheoryData<FieldChange> AgentsOnly =>
    [
        new ChangeSkill("9"), new SetManualEttr(1), new SetDelay(new Delay("NIGHT", 1)), new SetField(OpaqueField.Note, "n"), new SetField(OpaqueField.Topic, "{}"),
        new ChangeParticipant(ParticipantChange.Add, Role.Manager, null, null), new ChangeParticipant(ParticipantChange.Remove, Role.AssignedAgent, null, null),
    ];

    [Theory]
    [MemberData(nameof(AgentsOnly), DisableDiscoveryEnumeration = true)]
    public void What_is_the_agents_is_not_the_consumers(FieldChange change) =>
        Refused.With(RefusalKind.Forbidden, Scene.Assigned().Decide(Change(Scene.Consumer, change)));

    [Theory]
    [MemberData(nameof(AgentsOnly), DisableDiscoveryEnumeration = true)]
    public void An_agent_elsewhere_changes_nothing(FieldChange change) =>
        Assert.NotNull(Scene.Assigned().Decide(Change(Scene.OtherAgent, change)).Refusal);

    [Fact]
    public void Opaque_fields_are_kept_as_they_came()
    {
        var scene = Scene.Assigned();
        scene.Do(Change(Scene.Agent, new SetField(OpaqueField.Note, "[1]"), new SetField(OpaqueField.Topic, "\"t\"")));
        scene.Do(Change(Scene.Consumer, new SetField(OpaqueField.CampaignInfo, """{"campaignId":1}"""), new SetField(OpaqueField.MetaData, "[2]")));

        Assert.Equal(("[1]", "\"t\"", """{"campaignId":1}""", "[2]"), (scene.Now.Note, scene.Now.Topic, scene.Now.CampaignInfo, scene.Now.MetaData));
    }

    [Fact]
    public void Another_skill_ends_the_rings_and_the_same_one_changes_nothing()
    {
        var scene = Scene.Opened();
        scene.Join(Scene.OtherAgent, Role.Agent);
        scene.Do(new OfferRing("ring", Scene.Agent.UserId, 9_000));

        Assert.Empty(scene.Do(Change(Scene.OtherAgent, new ChangeSkill("7"))).Events);
        scene.Do(Change(Scene.OtherAgent, new ChangeSkill(null)));

        Assert.Null(scene.Now.SkillId);
        Assert.Equal(RingState.Cancelled, Assert.Single(scene.Now.Rings).State);
    }

    [Fact]
    public void After_signing_in_the_consumer_goes_on_under_the_other_id_everywhere()
    {
        var scene = Scene.Assigned();
        scene.Do(Scene.Text(Scene.Agent));
        scene.Do(Scene.Read(Scene.Consumer, 0));
        var signedIn = new Actor("signed in", ActorKind.Consumer);

        scene.Do(Change(Scene.Consumer, new StepUp("signed in")));

        Assert.Equal(("signed in", "consumer"), (scene.Now.ConsumerId, scene.Now.Origin.ConsumerId));
        Assert.Equal((Role.Consumer, 0L), (scene.Now.Main.Find("signed in")!.Role, scene.Now.Main.Find("signed in")!.ReadThrough));
        Assert.Single(scene.Now.Main.Participants, p => p.Role == Role.Consumer);
        scene.Do(Scene.Text(signedIn));
        Refused.With(RefusalKind.Forbidden, scene.Decide(Scene.Text(Scene.Consumer)));
        Refused.With(RefusalKind.NotFound, scene.Decide(Change(Scene.Consumer, new StepUp("again"))));
        Refused.With(RefusalKind.Forbidden, scene.Decide(Change(Scene.Agent, new StepUp("agent"))));
    }

    [Fact]
    public void Only_silence_after_an_agents_word_is_abandonment()
    {
        var scene = Scene.Assigned();
        Assert.False(scene.Now.IsAbandoned(long.MaxValue), "Nobody said anything");
        scene.Do(Scene.Text(Scene.Consumer));
        Assert.False(scene.Now.IsAbandoned(long.MaxValue), "The consumer waits");
        scene.Do(Scene.Text(Scene.Agent));
        Assert.True(scene.Now.IsAbandoned(scene.Now.LastTimestamp));
        Assert.False(scene.Now.IsAbandoned(scene.Now.LastTimestamp - 1), "Not yet");

        scene.Do(Change(Scene.Agent, new SetManualEttr(scene.Now.LastTimestamp + 1_000_000)));
        Assert.False(scene.Now.IsAbandoned(long.MaxValue), "The agent promised to come back");
        scene.Do(Change(Scene.Agent, new SetManualEttr(0), new ChangeParticipant(ParticipantChange.Remove, Role.AssignedAgent, null, null)));
        Assert.False(scene.Now.IsAbandoned(long.MaxValue), "It waits for an agent");
    }

    [Fact]
    public void A_change_for_one_state_does_not_happen_to_a_later_one()
    {
        var scene = Scene.Assigned();
        var close = new ChangeConversation(Actor.System, [new CloseEverything()]) { SystemReason = CloseReason.Timeout, OnlyAt = scene.Now.Version };
        var late = close with { OnlyAt = scene.Now.Version - 1 };

        Refused.With(RefusalKind.Conflict, scene.Decide(late));
        scene.Do(close);
        Assert.Equal(CloseReason.Timeout, scene.Now.CloseReason);
    }

    [Fact]
    public void A_repeated_change_does_nothing_and_another_under_its_id_conflicts()
    {
        var scene = Scene.Assigned();
        var change = Change(Scene.Agent, new ChangeParticipant(ParticipantChange.Remove, Role.AssignedAgent, null, null)) with { EventId = "once", BodyHash = 1 };
        scene.Do(change);

        Assert.Null(scene.Decide(change).Refusal);
        Assert.Empty(scene.Decide(change).Events);
        Refused.With(RefusalKind.Conflict, scene.Decide(change with { BodyHash = 2 }));
    }

    private static ChangeConversation Change(Actor actor, params FieldChange[] changes) => new(actor, changes);
}
