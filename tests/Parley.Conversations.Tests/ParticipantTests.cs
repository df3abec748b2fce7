using Parley.Conversations.Changes;
using Parley.Conversations.Commands;

namespace Parley.Conversations.Tests;

public sealed class ParticipantTests
{
    private static readonly Actor Manager = new("manager", ActorKind.Agent, IsManager: true);

    [Theory]
    [InlineData(Role.Manager)]
    [InlineData(Role.Agent)]
    [InlineData(Role.Reader)]
    public void A_manager_joins_unasked_and_leaves_again(Role role)
    {
        var scene = Scene.Assigned();

        scene.Do(Change(Manager, Add(role)));
        Assert.Equal(role, scene.Now.Main.Find("manager")?.Role);
        Assert.Empty(scene.Do(Change(Manager, Add(role))).Events);
        scene.Do(Change(Manager, Remove(role)));
        Assert.Null(scene.Now.Main.Find("manager"));
        Refused.With(RefusalKind.Invalid, scene.Decide(Change(Manager, Remove(role))));
    }

    [Fact]
    public void An_agent_does_not_let_himself_in()
    {
        var scene = Scene.Assigned();

        foreach (var role in (Role[])[Role.Agent, Role.Reader, Role.Manager, Role.AssignedAgent])
            Refused.With(RefusalKind.Forbidden, scene.Decide(Change(Scene.OtherAgent, Add(role))));
        Refused.With(RefusalKind.Invalid, scene.Decide(Change(Scene.OtherAgent, Remove(Role.AssignedAgent))));
        Refused.With(RefusalKind.Invalid, scene.Decide(Change(Scene.OtherAgent, Add(Role.Agent, "manager"))));
        Refused.With(RefusalKind.Forbidden, scene.Decide(Change(Scene.Agent, Add(Role.Agent, Scene.OtherAgent.UserId))));
    }

    [Fact]
    public void Nobody_becomes_a_consumer_or_the_server()
    {
        var scene = Scene.Assigned();

        Refused.With(RefusalKind.Invalid, scene.Decide(Change(Manager, Add(Role.Consumer))));
        Refused.With(RefusalKind.Invalid, scene.Decide(Change(Manager, Add(Role.Controller))));
        Refused.With(RefusalKind.Invalid, scene.Decide(Change(Manager, Remove(Role.Consumer, "consumer"))));
        Refused.With(RefusalKind.Invalid, scene.Decide(Change(Manager, Add(Role.Agent, "consumer"))));
    }

    [Fact]
    public void Back_to_the_queue_waits_from_then_on_and_works_once()
    {
        var scene = Scene.Assigned();
        scene.Clock = 5_000;

        scene.Do(Change(Scene.Agent, Remove(Role.AssignedAgent)));

        Assert.Null(scene.Now.AssignedAgent);
        Assert.Equal((5_000L, Scene.Agent.UserId), (scene.Now.WaitingSince, scene.Now.LastAgentId));
        Refused.With(RefusalKind.Invalid, scene.Decide(Change(Manager, Remove(Role.AssignedAgent))));
    }

    [Fact]
    public void A_transfer_to_a_skill_happens_as_a_whole()
    {
        var scene = Scene.Assigned();

        scene.Do(Change(Scene.Agent, Remove(Role.AssignedAgent), new ChangeSkill("9")));

        // He has left with the first change; the second is still his.
        Assert.Equal(("9", null), (scene.Now.SkillId, scene.Now.AssignedAgent));
    }

    [Fact]
    public void When_one_change_is_refused_none_happens()
    {
        var scene = Scene.Assigned();
        var before = scene.Now;

        var decision = scene.Decide(Change(Scene.Agent, Remove(Role.AssignedAgent), Remove(Role.AssignedAgent)));

        Refused.With(RefusalKind.Invalid, decision);
        Assert.Empty(decision.Events);
        Assert.Same(before, scene.Now);
    }

    [Fact]
    public void A_transfer_to_an_agent_suggests_him_until_somebody_takes_it()
    {
        var scene = Scene.Assigned();

        scene.Do(Change(Scene.Agent, Remove(Role.AssignedAgent), Suggest(Scene.OtherAgent.UserId), new ChangeSkill("9")));

        Assert.Equal(ParticipantState.Suggested, scene.Now.Main.Find(Scene.OtherAgent.UserId)?.State);
        Assert.Null(scene.Now.AssignedAgent);
        Assert.NotNull(scene.Now.SuggestedSince);
        Refused.With(RefusalKind.Forbidden, scene.Decide(Scene.Text(Scene.OtherAgent)));

        scene.Do(new OfferRing("ring", "third", 9_000));
        scene.Do(new AnswerRing(new Actor("third", ActorKind.Agent), "ring", Accept: true));
        Assert.Equal("third", scene.Now.AssignedAgent?.UserId);
        Assert.Null(scene.Now.Main.Find(Scene.OtherAgent.UserId));
        Assert.Null(scene.Now.SuggestedSince);
    }

    [Fact]
    public void The_suggested_agent_who_accepts_takes_part()
    {
        var scene = Scene.Assigned();
        scene.Do(Change(Scene.Agent, Remove(Role.AssignedAgent), Suggest(Scene.OtherAgent.UserId)));
        scene.Do(new OfferRing("ring", Scene.OtherAgent.UserId, 9_000));

        scene.Do(new AnswerRing(Scene.OtherAgent, "ring", Accept: true));

        Assert.Equal(Scene.OtherAgent.UserId, scene.Now.AssignedAgent?.UserId);
        Assert.Single(scene.Now.Main.Participants, p => p.UserId == Scene.OtherAgent.UserId);
        Assert.Null(scene.Now.SuggestedSince);
    }

    [Fact]
    public void A_second_suggestion_replaces_the_first_and_who_takes_part_is_not_suggested()
    {
        var scene = Scene.Assigned();
        scene.Do(Change(Scene.Agent, Suggest("first")));
        scene.Do(Change(Scene.Agent, Suggest("second")));

        Assert.Null(scene.Now.Main.Find("first"));
        Assert.Equal(ParticipantState.Suggested, scene.Now.Main.Find("second")?.State);
        Refused.With(RefusalKind.Conflict, scene.Decide(Change(Scene.Agent, Suggest(Scene.Agent.UserId))));
        Refused.With(RefusalKind.Invalid, scene.Decide(Change(Scene.Agent, new ChangeParticipant(ParticipantChange.Suggest, Role.Agent, "first", null))));
    }

    [Fact]
    public void Who_is_suggested_and_joins_in_another_role_is_not_suggested_any_more()
    {
        var scene = Scene.Assigned();
        scene.Do(Change(Scene.Agent, Remove(Role.AssignedAgent), Suggest(Scene.OtherAgent.UserId)));

        scene.Do(Change(Manager, Add(Role.Agent, Scene.OtherAgent.UserId)));

        Assert.Equal((Role.Agent, ParticipantState.Active), (scene.Now.Main.Find(Scene.OtherAgent.UserId)!.Role, scene.Now.Main.Find(Scene.OtherAgent.UserId)!.State));
        Assert.Null(scene.Now.SuggestedSince);
    }

    [Fact]
    public void When_the_agent_in_charge_takes_another_role_the_conversation_waits_from_then_on()
    {
        var scene = Scene.Assigned();
        scene.Clock = 5_000;

        scene.Do(Change(Scene.Agent, new ChangeParticipant(ParticipantChange.Update, Role.Agent, null, null)));

        Assert.Null(scene.Now.AssignedAgent);
        Assert.Equal((5_000L, Scene.Agent.UserId), (scene.Now.WaitingSince, scene.Now.LastAgentId));
    }

    [Fact]
    public void A_manager_takes_over_in_one_request_and_not_beside_the_agent_in_charge()
    {
        var scene = Scene.Assigned();

        Refused.With(RefusalKind.Conflict, scene.Decide(Change(Manager, Add(Role.AssignedAgent))));
        scene.Do(Change(Manager, Remove(Role.AssignedAgent, Scene.Agent.UserId), Add(Role.AssignedAgent)));

        Assert.Equal("manager", scene.Now.AssignedAgent?.UserId);
        Assert.Null(scene.Now.WaitingSince);
    }

    [Fact]
    public void Who_takes_a_waiting_conversation_ends_its_rings()
    {
        var scene = Scene.Opened();
        scene.Do(new OfferRing("ring", Scene.Agent.UserId, 9_000));

        scene.Do(Change(Manager, Add(Role.AssignedAgent)));

        Assert.Equal(RingState.Cancelled, Assert.Single(scene.Now.Rings).State);
        Refused.With(RefusalKind.Conflict, scene.Decide(new AnswerRing(Scene.Agent, "ring", Accept: true)));
    }

    [Fact]
    public void An_update_gives_another_role_and_keeps_what_was_read()
    {
        var scene = Scene.Assigned();
        scene.Do(Scene.Text(Scene.Consumer));
        scene.Do(Change(Manager, Add(Role.Reader)));
        scene.Do(Scene.Text(Scene.Consumer));
        scene.Do(Scene.Read(Manager, 1));

        scene.Do(Change(Manager, new ChangeParticipant(ParticipantChange.Update, Role.Manager, null, null)));

        Assert.Equal((Role.Manager, 1L), (scene.Now.Main.Find("manager")!.Role, scene.Now.Main.Find("manager")!.ReadThrough));
        Refused.With(RefusalKind.Invalid, scene.Decide(Change(Manager, new ChangeParticipant(ParticipantChange.Update, Role.Agent, "nobody", null))));
    }

    [Fact]
    public void A_reader_leaves_and_changes_nothing_else()
    {
        var scene = Scene.Assigned();
        scene.Join(Scene.OtherAgent, Role.Reader);

        Refused.With(RefusalKind.Forbidden, scene.Decide(Change(Scene.OtherAgent, new ChangeSkill("9"))));
        Refused.With(RefusalKind.Forbidden, scene.Decide(Change(Scene.OtherAgent, Remove(Role.AssignedAgent))));
        Refused.With(RefusalKind.Forbidden, scene.Decide(Scene.Close(Scene.OtherAgent)));
        scene.Do(Change(Scene.OtherAgent, Remove(Role.Reader)));
        Assert.Null(scene.Now.Main.Find(Scene.OtherAgent.UserId));
    }

    private static ChangeConversation Change(Actor actor, params FieldChange[] changes) => new(actor, changes);

    private static ChangeParticipant Add(Role role, string? userId = null) => new(ParticipantChange.Add, role, userId, null);

    private static ChangeParticipant Remove(Role role, string? userId = null) => new(ParticipantChange.Remove, role, userId, null);

    private static ChangeParticipant Suggest(string userId) => new(ParticipantChange.Suggest, Role.AssignedAgent, userId, null);
}
