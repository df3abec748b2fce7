using Parley.Conversations.Events;

namespace Parley.Conversations.Tests;

public sealed class PublishingTests
{
    [Fact]
    public void Content_rich_content_and_receipts_share_one_counter_from_zero()
    {
        var scene = Scene.Assigned();
        scene.Do(Scene.Text(Scene.Consumer));
        scene.Do(Scene.Accept(Scene.Agent, 0));
        scene.Do(Scene.Text(Scene.Agent) with { Kind = MessageKind.RichContent });
        scene.Do(Scene.Text(Scene.Agent, audience: Audience.AgentsAndManagers));

        Assert.Equal([0L, 1, 2, 3], scene.Events.OfType<MessagePublished>().Select(m => m.Sequence));
        Assert.Equal(4, scene.Now.Main.NextSequence);
    }

    [Fact]
    public void An_event_carries_what_was_published_and_who_published_it()
    {
        var scene = Scene.Assigned();
        var metadata = "[]"u8.ToArray();
        var command = Scene.Text(Scene.Agent, "text", Audience.AgentsAndManagers) with { EventId = "once", Metadata = metadata };

        var published = Assert.IsType<MessagePublished>(Assert.Single(scene.Decide(command).Events));

        Assert.Same(command.Body, published.Body);
        Assert.Same(metadata, published.Metadata);
        Assert.Equal(("once", "agent", Role.AssignedAgent, Audience.AgentsAndManagers, MessageKind.Content, -1L),
            (published.EventId, published.OriginatorId, published.OriginatorRole, published.Audience, published.Kind, published.ReadThrough));
    }

    [Fact]
    public void Time_never_stands_still_nor_goes_back()
    {
        var scene = Scene.Opened();
        scene.Clock = 10;
        scene.Do(Scene.Text(Scene.Consumer));
        scene.Do(Scene.Text(Scene.Consumer));
        scene.Clock = 5_000;
        scene.Do(Scene.Text(Scene.Consumer));

        Assert.Equal([1_000L, 1_001, 1_002, 5_000], scene.Events.Select(e => e.Timestamp));
    }

    [Fact]
    public void A_repeat_returns_the_first_event_and_stores_nothing()
    {
        var scene = Scene.Opened();
        var first = (MessagePublished)scene.Do(Scene.Text(Scene.Consumer) with { EventId = "once" }).Events[0];

        var repeat = scene.Decide(Scene.Text(Scene.Consumer) with { EventId = "once", Earlier = first });

        Assert.Same(first, repeat.Repeated);
        Assert.Null(repeat.Refusal);
        Assert.Empty(repeat.Events);
    }

    [Fact]
    public void A_repeat_returns_the_first_event_although_the_conversation_closed_and_the_sender_left()
    {
        var scene = Scene.Assigned();
        var first = (MessagePublished)scene.Do(Scene.Text(Scene.Agent) with { EventId = "once" }).Events[0];
        scene.Happen(new ParticipantLeft(Scene.ConversationId, "agent"));
        scene.Do(Scene.Close(Scene.Consumer));

        Assert.Same(first, scene.Decide(Scene.Text(Scene.Agent) with { EventId = "once", Earlier = first }).Repeated);
    }

    [Fact]
    public void The_same_event_id_with_another_body_conflicts()
    {
        var scene = Scene.Opened();
        var first = (MessagePublished)scene.Do(Scene.Text(Scene.Consumer, "one") with { EventId = "once" }).Events[0];

        Refused.With(RefusalKind.Conflict, scene.Decide(Scene.Text(Scene.Consumer, "two") with { EventId = "once", Earlier = first }));
    }

    [Fact]
    public void Only_participants_publish()
    {
        var scene = Scene.Opened();

        Refused.With(RefusalKind.Forbidden, scene.Decide(Scene.Text(Scene.OtherConsumer)));
        Refused.With(RefusalKind.Forbidden, scene.Decide(Scene.Text(Scene.Agent)));
        scene.Join(Scene.Agent, Role.AssignedAgent, ParticipantState.Suggested);
        Refused.With(RefusalKind.Forbidden, scene.Decide(Scene.Text(Scene.Agent)));
        scene.Join(Scene.Agent, Role.Manager);
        Assert.Null(scene.Decide(Scene.Text(Scene.Agent)).Refusal);
    }

    [Fact]
    public void An_unknown_dialog_is_not_found() =>
        Refused.With(RefusalKind.NotFound, Scene.Opened().Decide(Scene.Text(Scene.Consumer) with { DialogId = "elsewhere" }));

    [Fact]
    public void A_closed_dialog_takes_nothing()
    {
        var scene = Scene.Assigned();
        scene.Do(Scene.Text(Scene.Consumer));
        scene.Do(Scene.Close(Scene.Agent));

        Refused.With(RefusalKind.Invalid, scene.Decide(Scene.Text(Scene.Consumer)));
        Refused.With(RefusalKind.Invalid, scene.Decide(Scene.Read(Scene.Agent, 0)));
    }

    [Fact]
    public void A_reader_publishes_receipts_and_nothing_else()
    {
        var scene = Scene.Opened();
        scene.Do(Scene.Text(Scene.Consumer));
        scene.Join(Scene.Agent, Role.Reader);

        Refused.With(RefusalKind.Forbidden, scene.Decide(Scene.Text(Scene.Agent)));
        Refused.With(RefusalKind.Forbidden, scene.Decide(Scene.Text(Scene.Agent) with { Kind = MessageKind.RichContent }));
        Assert.Null(scene.Decide(Scene.Read(Scene.Agent, 0)).Refusal);
    }

    [Fact]
    public void A_consumer_publishes_nothing_in_private() =>
        Refused.With(RefusalKind.Forbidden, Scene.Opened().Decide(Scene.Text(Scene.Consumer, audience: Audience.AgentsAndManagers)));

    [Fact]
    public void A_receipt_for_private_events_only_is_private()
    {
        var scene = Scene.Assigned();
        scene.Do(Scene.Text(Scene.Consumer));
        scene.Do(Scene.Text(Scene.Agent, audience: Audience.AgentsAndManagers));
        scene.Join(Scene.OtherAgent, Role.Manager);

        Assert.Equal(Audience.AgentsAndManagers, Published(scene.Decide(Scene.Accept(Scene.OtherAgent, 1))).Audience);
        Assert.Equal(Audience.All, Published(scene.Decide(Scene.Accept(Scene.OtherAgent, 0, 1))).Audience);
        Assert.Equal(Audience.All, Published(scene.Decide(Scene.Accept(Scene.OtherAgent))).Audience);
        Assert.Equal(Audience.All, Published(scene.Decide(Scene.Accept(Scene.Consumer, 1))).Audience);
        Assert.Equal(Audience.All, Published(scene.Decide(Scene.Text(Scene.OtherAgent) with { Receipts = [1] })).Audience);
    }

    [Fact]
    public void A_read_receipt_reaches_to_the_highest_number_it_names_that_exists()
    {
        var scene = Scene.Assigned();
        scene.Do(Scene.Text(Scene.Consumer));
        scene.Do(Scene.Text(Scene.Consumer));

        Assert.Equal(1, Published(scene.Decide(Scene.Read(Scene.Agent, 1, 0))).ReadThrough);
        Assert.Equal(0, Published(scene.Decide(Scene.Read(Scene.Agent, 0, 2, 77))).ReadThrough);
        Assert.Equal(-1, Published(scene.Decide(Scene.Read(Scene.Agent, 77, -5))).ReadThrough);
        Assert.Equal(-1, Published(scene.Decide(Scene.Accept(Scene.Agent, 1))).ReadThrough);
    }

    // Once, a consumer's READ for a private number moved his watermark, as if he could have seen the event.
    [Fact]
    public void A_consumers_receipt_for_a_private_number_moves_nothing()
    {
        var scene = Scene.Assigned();
        scene.Do(Scene.Text(Scene.Agent));
        scene.Do(Scene.Text(Scene.Agent, audience: Audience.AgentsAndManagers));

        Assert.Equal(-1, Published(scene.Decide(Scene.Read(Scene.Consumer, 1))).ReadThrough);
        Assert.Equal(0, Published(scene.Decide(Scene.Read(Scene.Consumer, 0, 1))).ReadThrough);
        Assert.Equal(1, Published(scene.Decide(Scene.Read(Scene.Agent, 1))).ReadThrough);
    }

    [Fact]
    public void An_answer_is_due_from_the_oldest_unanswered_message_of_the_consumer()
    {
        var scene = Scene.Assigned();
        scene.Clock = 5_000;
        scene.Do(Scene.Text(Scene.Consumer));
        scene.Clock = 9_000;
        scene.Do(Scene.Text(Scene.Consumer));
        scene.Do(Scene.Accept(Scene.Agent, 0));
        scene.Do(Scene.Text(Scene.Agent, audience: Audience.AgentsAndManagers));
        scene.Join(Scene.OtherAgent, Role.Controller);
        scene.Do(Scene.Text(Scene.OtherAgent));
        Assert.Equal(65_000, scene.Now.EffectiveTtr);

        scene.Do(Scene.Text(Scene.Agent));
        Assert.Equal(-1, scene.Now.EffectiveTtr);
    }

    [Fact]
    public void A_chat_state_needs_an_open_dialog_and_a_participant_who_may_speak()
    {
        var scene = Scene.Assigned();
        Assert.Null(ChatState(Scene.Consumer));
        Assert.Null(ChatState(Scene.Agent));
        Assert.Equal(RefusalKind.Forbidden, ChatState(Scene.OtherAgent));
        Assert.Equal(RefusalKind.NotFound, ChatState(Scene.Agent, "elsewhere"));

        // Once, a silent observer could show "is typing" to the consumer.
        scene.Join(Scene.OtherAgent, Role.Reader);
        Assert.Equal(RefusalKind.Forbidden, ChatState(Scene.OtherAgent));

        scene.Do(Scene.Close(Scene.Consumer));
        Assert.Equal(RefusalKind.Invalid, ChatState(Scene.Consumer));

        RefusalKind? ChatState(Actor actor, string dialogId = Scene.ConversationId) => Decider.RefuseChatState(scene.Now, actor, dialogId)?.Kind;
    }

    private static MessagePublished Published(Decision decision) => Assert.IsType<MessagePublished>(Assert.Single(decision.Events));
}
