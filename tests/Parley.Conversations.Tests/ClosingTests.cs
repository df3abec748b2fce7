using Parley.Conversations.Commands;
using Parley.Conversations.Events;

namespace Parley.Conversations.Tests;

public sealed class ClosingTests
{
    [Fact]
    public void A_close_ends_rings_dialogs_and_conversation_in_this_order()
    {
        var scene = Scene.Opened();
        scene.Do(Scene.Text(Scene.Consumer));
        scene.Do(new OfferRing("ring", "agent", 9_000));
        scene.Clock = 2_000;

        var closed = scene.Do(Scene.Close(Scene.Consumer, "solved") with { EventId = "once", BodyHash = 5 });

        Assert.Equal(["RingResolved", "DialogClosed", "ConversationClosed", "ChangeApplied"], closed.Events.Select(e => e.GetType().Name));
        Assert.Equal([2_000L, 2_001, 2_002, 2_003], closed.Events.Select(e => e.Timestamp));
        Assert.Equal(RingState.Cancelled, Assert.Single(scene.Now.Rings).State);
        Assert.Equal((Stage.Close, CloseReason.Consumer, "solved", 2_001L), (scene.Now.Main.State, scene.Now.Main.ClosedBy, scene.Now.Main.ClosedCause, scene.Now.Main.EndTs));
        Assert.Equal((Stage.Close, CloseReason.Consumer, 2_002L, -1L), (scene.Now.Stage, scene.Now.CloseReason, scene.Now.EndTs, scene.Now.EffectiveTtr));
        Assert.Null(scene.Now.WaitingSince);
    }

    [Theory]
    [InlineData(ActorKind.Consumer, CloseReason.Consumer)]
    [InlineData(ActorKind.Agent, CloseReason.Agent)]
    [InlineData(ActorKind.System, CloseReason.System)]
    public void The_reason_says_who_closed(ActorKind kind, CloseReason reason)
    {
        var scene = Scene.Assigned();
        scene.Do(Scene.Close(kind switch { ActorKind.Consumer => Scene.Consumer, ActorKind.Agent => Scene.Agent, _ => Actor.System }));

        Assert.Equal(reason, scene.Now.CloseReason);
    }

    [Fact]
    public void Who_has_no_part_in_it_cannot_close_it()
    {
        var scene = Scene.Opened();

        Refused.With(RefusalKind.NotFound, scene.Decide(Scene.Close(Scene.OtherConsumer)));
        Refused.With(RefusalKind.Invalid, scene.Decide(Scene.Close(Scene.Agent)));
        scene.Join(Scene.Agent, Role.AssignedAgent, ParticipantState.Suggested);
        Refused.With(RefusalKind.Invalid, scene.Decide(Scene.Close(Scene.Agent)));
    }

    [Fact]
    public void A_closed_conversation_cannot_be_closed_again()
    {
        var scene = Scene.Assigned();
        scene.Do(Scene.Close(Scene.Consumer));

        Refused.With(RefusalKind.Invalid, scene.Decide(Scene.Close(Scene.Consumer)));
        Refused.With(RefusalKind.Invalid, scene.Decide(Scene.Close(Scene.Agent)));
        Refused.With(RefusalKind.Invalid, scene.Decide(Scene.Close(Actor.System)));
    }

    [Fact]
    public void A_repeated_close_does_nothing_and_another_request_under_its_id_conflicts()
    {
        var scene = Scene.Assigned();
        var close = Scene.Close(Scene.Agent) with { EventId = "once", BodyHash = 5 };
        scene.Do(close);

        var repeat = scene.Decide(close);
        Assert.Null(repeat.Refusal);
        Assert.Empty(repeat.Events);
        Refused.With(RefusalKind.Conflict, scene.Decide(close with { BodyHash = 6 }));
        Refused.With(RefusalKind.Invalid, scene.Decide(close with { Actor = Scene.Consumer }));
    }
}
