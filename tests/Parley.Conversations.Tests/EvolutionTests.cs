using Parley.Conversations.Events;

namespace Parley.Conversations.Tests;

public sealed class EvolutionTests
{
    [Fact]
    public void An_event_that_does_not_follow_the_state_is_a_damaged_journal()
    {
        var scene = Scene.Opened();
        var left = new ParticipantLeft(Scene.ConversationId, "agent");

        Assert.Throws<InvalidOperationException>(() => Evolution.Apply(scene.State, left with { Version = 1 }));
        Assert.Throws<InvalidOperationException>(() => Evolution.Apply(scene.State, left with { Version = 3 }));
        Assert.Throws<InvalidOperationException>(() => Evolution.Apply(null, left with { Version = 1 }));
    }

    [Fact]
    public void Applying_an_event_leaves_the_earlier_state_as_it_was()
    {
        var scene = Scene.Assigned();
        var before = scene.Now;
        var picture = Picture.Of(before);

        scene.Do(Scene.Text(Scene.Consumer));
        scene.Do(Scene.Read(Scene.Agent, 0));

        Assert.Equal(picture, Picture.Of(before));
        Assert.NotEqual(picture, Picture.Of(scene.Now));
    }

    [Fact]
    public void A_participant_has_read_up_to_the_highest_number_he_named_and_never_less()
    {
        var scene = Scene.Assigned();
        for (var i = 0; i < 3; i++) scene.Do(Scene.Text(Scene.Consumer));
        Assert.Equal(3, scene.Unread(Scene.Agent));

        scene.Do(Scene.Read(Scene.Agent, 1));
        Assert.Equal(1, scene.Unread(Scene.Agent));
        scene.Do(Scene.Read(Scene.Agent, 0));
        Assert.Equal(1, scene.Unread(Scene.Agent));
        Assert.Equal(0, scene.Unread(Scene.Consumer));
    }

    [Fact]
    public void Private_content_is_unread_by_agents_and_does_not_exist_for_the_consumer()
    {
        var scene = Scene.Assigned();
        scene.Join(Scene.OtherAgent, Role.Manager);
        scene.Do(Scene.Text(Scene.Agent, "for all"));
        scene.Do(Scene.Text(Scene.Agent, "for us", Audience.AgentsAndManagers));

        Assert.Equal((1, 2), (scene.Unread(Scene.Consumer), scene.Unread(Scene.OtherAgent)));
        Assert.Equal("for us"u8, scene.Now.Main.LastContent!.Body);
        Assert.Equal("for all"u8, scene.Now.Main.LastPublicContent!.Body);
        Assert.Equal([1L], scene.Now.Main.PrivateSequences);
    }

    [Fact]
    public void Who_joins_starts_reading_there_and_the_assigned_agent_at_the_last_word_of_an_agent()
    {
        var scene = Scene.Assigned();
        scene.Do(Scene.Text(Scene.Consumer));
        scene.Do(Scene.Text(Scene.Agent));
        scene.Do(Scene.Text(Scene.Consumer));
        scene.Happen(new ParticipantLeft(Scene.ConversationId, "agent"));

        scene.Join(Scene.OtherAgent, Role.Manager);
        scene.Join(Scene.Agent, Role.AssignedAgent);

        Assert.Equal((0, 1), (scene.Unread(Scene.OtherAgent), scene.Unread(Scene.Agent)));
    }

    [Fact]
    public void A_change_of_role_keeps_what_was_read()
    {
        var scene = Scene.Opened();
        scene.Join(Scene.Agent, Role.Manager);
        scene.Do(Scene.Text(Scene.Consumer));
        scene.Do(Scene.Read(Scene.Agent, 0));

        scene.Join(Scene.Agent, Role.AssignedAgent);

        Assert.Equal(0, scene.Unread(Scene.Agent));
        Assert.Single(scene.Now.Main.Participants, p => p.UserId == "agent");
    }

    // Once, the suggestion counted as joining: what other agents answered until he was assigned was unread.
    [Fact]
    public void A_suggested_agent_starts_reading_when_he_is_assigned()
    {
        var scene = Scene.Opened();
        scene.Join(Scene.OtherAgent, Role.Manager);
        scene.Do(Scene.Text(Scene.Consumer));
        scene.Join(Scene.Agent, Role.AssignedAgent, ParticipantState.Suggested);
        Assert.Null(scene.Now.AssignedAgent);
        Assert.NotNull(scene.Now.WaitingSince);

        scene.Do(Scene.Text(Scene.OtherAgent));
        scene.Do(Scene.Text(Scene.Consumer));
        scene.Join(Scene.Agent, Role.AssignedAgent);

        Assert.Equal(1, scene.Unread(Scene.Agent));
    }

    [Fact]
    public void Messages_do_not_touch_the_time_of_the_last_metadata_change()
    {
        var scene = Scene.Assigned();
        var metadata = (scene.Now.MetaDataLastUpdateTs, scene.Now.Main.MetaDataLastUpdateTs);
        scene.Do(Scene.Text(Scene.Consumer));
        Assert.Equal(metadata, (scene.Now.MetaDataLastUpdateTs, scene.Now.Main.MetaDataLastUpdateTs));

        scene.Join(Scene.OtherAgent, Role.Manager);
        Assert.Equal((scene.Now.LastTimestamp, scene.Now.LastTimestamp), (scene.Now.MetaDataLastUpdateTs, scene.Now.Main.MetaDataLastUpdateTs));
    }

    [Fact]
    public void Remembered_changes_are_bounded_newest_last()
    {
        var scene = Scene.Opened();
        for (var i = 0; i < Evolution.ChangesKept + 3; i++) scene.Happen(new ChangeApplied($"{i}", "consumer", 1));

        Assert.Equal(Enumerable.Range(3, Evolution.ChangesKept).Select(i => $"{i}"), scene.Now.AppliedChanges.Select(c => c.EventId));
    }
}
