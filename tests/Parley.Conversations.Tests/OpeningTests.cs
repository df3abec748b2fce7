using Parley.Conversations.Commands;
using Parley.Conversations.Events;

namespace Parley.Conversations.Tests;

public sealed class OpeningTests
{
    [Fact]
    public void An_opening_makes_one_main_dialog_that_shares_the_id_and_waits_for_an_agent()
    {
        var conversation = Scene.Opened().Now;

        var main = Assert.Single(conversation.Dialogs);
        Assert.Equal((Scene.ConversationId, DialogType.Main, "MESSAGING", Stage.Open, 0L), (main.Id, main.Type, main.ChannelType, main.State, main.NextSequence));
        Assert.Equal(new Participant("consumer", Role.Consumer, ParticipantState.Active, -1), Assert.Single(main.Participants));
        Assert.Equal((Stage.Open, "7", 1L, 1_000L), (conversation.Stage, conversation.SkillId, conversation.Version, conversation.LastTimestamp));
        Assert.Equal(1_000, conversation.WaitingSince);
        Assert.Null(conversation.AssignedAgent);
        Assert.Equal(-1, conversation.EffectiveTtr);
    }

    [Fact]
    public void An_agent_who_opens_for_the_consumer_is_in_charge_at_once()
    {
        var conversation = Scene.Assigned().Now;

        Assert.Equal("agent", conversation.AssignedAgent?.UserId);
        Assert.Null(conversation.WaitingSince);
    }

    [Fact]
    public void The_server_numbers_and_dates_the_opening_whatever_the_command_says()
    {
        var command = Scene.Opening();
        var decision = Decider.Decide(null, command with { Opening = command.Opening with { Version = 9, Timestamp = 9 } }, 500);

        var opened = Assert.IsType<ConversationOpened>(Assert.Single(decision.Events));
        Assert.Equal((1L, 500L), (opened.Version, opened.Timestamp));
    }

    [Fact]
    public void A_repeated_opening_does_nothing_and_another_one_under_its_id_conflicts()
    {
        var scene = Scene.Opened();

        var repeat = scene.Decide(Scene.Opening(hash: 1));
        Assert.Null(repeat.Refusal);
        Assert.Empty(repeat.Events);
        Refused.With(RefusalKind.Conflict, scene.Decide(Scene.Opening(hash: 2)));
    }

    [Fact]
    public void A_repeated_opening_is_recognised_after_the_close()
    {
        var scene = Scene.Opened();
        scene.Do(Scene.Close(Scene.Consumer));

        Assert.Null(scene.Decide(Scene.Opening()).Refusal);
    }

    [Fact]
    public void Nothing_can_be_done_to_a_conversation_that_was_never_opened()
    {
        ConversationCommand[] commands =
        [
            Scene.Text(Scene.Consumer), Scene.Close(Scene.Consumer), new OfferRing("ring", "agent", 9_000),
            new AnswerRing(Scene.Agent, "ring", true), new EndRing(null, RingState.Cancelled),
        ];

        Assert.All(commands, command => Refused.With(RefusalKind.NotFound, Decider.Decide(null, command, 1)));
        Assert.Equal(RefusalKind.NotFound, Decider.RefuseChatState(null, Scene.Consumer, Scene.ConversationId)?.Kind);
    }
}
