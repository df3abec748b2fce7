using Parley.Conversations.Commands;
using Parley.Conversations.Events;

namespace Parley.Conversations.Tests;

public sealed class RingTests
{
    [Fact]
    public void An_accepted_ring_puts_its_agent_in_charge_and_cancels_the_others()
    {
        var scene = Scene.Opened();
        scene.Do(new OfferRing("first", "agent", 9_000));
        scene.Do(new OfferRing("second", "another agent", 9_000));

        scene.Do(new AnswerRing(Scene.OtherAgent, "second", true));

        Assert.Equal([RingState.Cancelled, RingState.Accepted], scene.Now.Rings.Select(r => r.State));
        Assert.Equal("another agent", scene.Now.AssignedAgent?.UserId);
        Assert.Null(scene.Now.WaitingSince);
        Refused.With(RefusalKind.Conflict, scene.Decide(new AnswerRing(Scene.Agent, "first", true)));
    }

    [Fact]
    public void A_rejected_ring_leaves_the_conversation_waiting()
    {
        var scene = Scene.Opened();
        scene.Do(new OfferRing("ring", "agent", 9_000));
        scene.Do(new AnswerRing(Scene.Agent, "ring", false));

        Assert.Equal(RingState.Rejected, Assert.Single(scene.Now.Rings).State);
        Assert.Null(scene.Now.AssignedAgent);
        Assert.Equal(1_000, scene.Now.WaitingSince);
        Refused.With(RefusalKind.Conflict, scene.Decide(new AnswerRing(Scene.Agent, "ring", true)));
    }

    [Fact]
    public void Only_the_agent_it_rings_at_knows_a_ring()
    {
        var scene = Scene.Opened();
        scene.Do(new OfferRing("ring", "agent", 9_000));

        Refused.With(RefusalKind.NotFound, scene.Decide(new AnswerRing(Scene.OtherAgent, "ring", true)));
        Refused.With(RefusalKind.NotFound, scene.Decide(new AnswerRing(Scene.Agent, "no ring", true)));
    }

    [Fact]
    public void A_ring_cannot_be_answered_from_the_moment_it_expires()
    {
        var scene = Scene.Opened();
        scene.Do(new OfferRing("ring", "agent", 9_000));

        var offered = scene.Now.LastTimestamp;
        Assert.Equal(offered + 9_000, scene.Now.Rings[0].ExpiresTs);
        scene.Clock = offered + 9_000;
        Refused.With(RefusalKind.Conflict, scene.Decide(new AnswerRing(Scene.Agent, "ring", true)));
        scene.Clock = offered + 8_999;
        Assert.Null(scene.Decide(new AnswerRing(Scene.Agent, "ring", true)).Refusal);
    }

    [Fact]
    public void A_waiting_ring_expires_or_is_cancelled_once()
    {
        var scene = Scene.Opened();
        scene.Do(new OfferRing("ring", "agent", 9_000));
        scene.Do(new EndRing("ring", RingState.Expired));

        Assert.Equal(RingState.Expired, Assert.Single(scene.Now.Rings).State);
        Refused.With(RefusalKind.Conflict, scene.Decide(new EndRing("ring", RingState.Cancelled)));
        Refused.With(RefusalKind.NotFound, scene.Decide(new EndRing("no ring", RingState.Cancelled)));
    }

    [Fact]
    public void Every_waiting_ring_can_be_ended_at_once_and_ended_ones_stay_as_they_are()
    {
        var scene = Scene.Opened();
        scene.Do(new OfferRing("first", "agent", 9_000));
        scene.Do(new AnswerRing(Scene.Agent, "first", false));
        scene.Do(new OfferRing("second", "agent", 9_000));
        scene.Do(new OfferRing("third", "another agent", 9_000));

        scene.Do(new EndRing(null, RingState.Cancelled));

        Assert.Equal([RingState.Rejected, RingState.Cancelled, RingState.Cancelled], scene.Now.Rings.Select(r => r.State));
        Assert.Empty(scene.Decide(new EndRing(null, RingState.Cancelled)).Events);
    }

    [Fact]
    public void Nobody_is_rung_for_a_conversation_that_is_closed_or_has_its_agent()
    {
        Refused.With(RefusalKind.Conflict, Scene.Assigned().Decide(new OfferRing("ring", "agent", 9_000)));

        var closed = Scene.Opened();
        closed.Do(Scene.Close(Scene.Consumer));
        Refused.With(RefusalKind.Invalid, closed.Decide(new OfferRing("ring", "agent", 9_000)));
    }

    [Fact]
    public void A_conversation_whose_agent_left_waits_again_and_can_be_offered()
    {
        var scene = Scene.Assigned();
        scene.Happen(new ParticipantLeft(Scene.ConversationId, "agent"));

        Assert.Equal(scene.Now.LastTimestamp, scene.Now.WaitingSince);
        Assert.Null(scene.Decide(new OfferRing("ring", "agent", 9_000)).Refusal);
    }

    // Once, two rings could share an id: accepting one marked both as accepted.
    [Fact]
    public void A_ring_id_is_used_once()
    {
        var scene = Scene.Opened();
        scene.Do(new OfferRing("ring", "agent", 9_000));

        Refused.With(RefusalKind.Conflict, scene.Decide(new OfferRing("ring", "another agent", 9_000)));
    }

    // Once, the bound on remembered rings forgot the oldest even while it was waiting: its agent could never answer.
    [Fact]
    public void Only_rings_that_ended_are_forgotten()
    {
        var scene = Scene.Opened();
        scene.Do(new OfferRing("waiting", "agent", 9_000));
        for (var i = 0; i < 2 * Evolution.RingsKept; i++)
        {
            scene.Do(new OfferRing($"ring {i}", "another agent", 9_000));
            scene.Do(new EndRing($"ring {i}", RingState.Expired));
        }

        Assert.Equal(Evolution.RingsKept, scene.Now.Rings.Count);
        Assert.Equal($"ring {(2 * Evolution.RingsKept) - 1}", scene.Now.Rings[^1].Id);
        Assert.Null(scene.Decide(new AnswerRing(Scene.Agent, "waiting", true)).Refusal);
    }
}
