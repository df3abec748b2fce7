using Parley.Server.Tests.Ownership.Support;

namespace Parley.Server.Tests.Ownership;

/// <summary>Conversations leave the memory when idle; nobody can tell.</summary>
public sealed class EvictionTests
{
    [Fact]
    public async Task An_idle_conversation_is_let_go_and_comes_back_as_it_was()
    {
        await using var messaging = await TestMessaging.StartOnDiskAsync();
        var agent = await messaging.AddAgentAsync("agent");
        var id = await messaging.OpenAssignedAsync("consumer", agent);
        TestSocket consumer = messaging.Consumer("consumer"), speaker = messaging.Agent(agent);
        await consumer.SayAsync(id, "zero", "e0");
        await speaker.SayAsync(id, "secret", isPrivate: true);
        await speaker.AnswerAsync(speaker.Receipt(id, 0));
        var before = messaging.Conversations.Get(id);
        var state = before.Committed!;
        consumer.Drop();
        messaging.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(0, messaging.Conversations.Count);

        var again = messaging.Consumer("consumer");
        await again.AnswerAsync(again.Subscribe(id, 0));
        await again.WaitForAsync(r => r.Numbers.Contains(2));
        var after = messaging.Conversations.Get(id);
        Assert.NotSame(before, after);
        Assert.Equal(
            (state.Version, state.LastTimestamp, state.Main.NextSequence, state.Main.Unread(state.Main.Participants[0]), state.UnansweredSince),
            (after.Committed!.Version, after.Committed.LastTimestamp, after.Committed.Main.NextSequence, after.Committed.Main.Unread(after.Committed.Main.Participants[0]), after.Committed.UnansweredSince));
        Assert.Equal(state.Main.Participants, after.Committed.Main.Participants);

        Assert.Equal(3, await again.SayAsync(id, "three"));
        await again.WaitForAsync(r => r.Numbers.Contains(3));
        Assert.Equal([0, 2, 3], again.From(0).SelectMany(r => r.Numbers));
    }

    [Fact]
    public async Task A_conversation_somebody_follows_stays()
    {
        await using var messaging = await TestMessaging.StartOnDiskAsync();
        var id = await messaging.OpenAssignedAsync("consumer", null);
        var consumer = messaging.Consumer("consumer");
        await consumer.AnswerAsync(consumer.Subscribe(id, 0));
        await consumer.WaitForAsync(r => r.Type == "ms.MessagingEventNotification");
        for (var i = 0; i < 6; i++)
        {
            messaging.Time.Advance(TimeSpan.FromSeconds(30));
            Assert.Equal(200, (await consumer.AskAsync("GetClock")).Code);
        }

        Assert.Equal(1, messaging.Conversations.Count);
    }

    // Once, it was let go when the store could not be read for long, and what had been stored was never listed.
    [Fact]
    public async Task One_that_has_to_find_out_what_was_stored_stays()
    {
        var (messaging, _) = await TestMessaging.StartInMemoryAsync();
        await using var _ = messaging;
        messaging.Journal.IsUnreadable = true;
        messaging.Conversations.Get("c").Abandon();
        var successor = messaging.Conversations.Get("c");

        successor.EvictIfIdle(TimeSpan.Zero);

        Assert.Same(successor, messaging.Conversations.Find("c"));
    }

    [Fact]
    public async Task Asking_for_conversations_that_do_not_exist_keeps_nothing()
    {
        var (messaging, _) = await TestMessaging.StartInMemoryAsync();
        await using var _ = messaging;
        var consumer = messaging.Consumer("consumer");
        foreach (var request in (string[])[consumer.Say("nothing", "?"), consumer.Subscribe("nothing", 0), consumer.ChatState("nothing", "ACTIVE"), consumer.Close("nothing")])
            Assert.Equal(404, (await consumer.AnswerAsync(request)).Code);

        Assert.Equal(0, messaging.Conversations.Count);
    }

    [Fact]
    public async Task To_another_account_or_consumer_a_conversation_does_not_exist()
    {
        var (messaging, _) = await TestMessaging.StartInMemoryAsync();
        await using var _ = messaging;
        var id = await messaging.OpenAssignedAsync("consumer", null);
        foreach (var stranger in (TestSocket[])[messaging.Consumer("consumer", account: TestMessaging.OtherAccount), messaging.Consumer("another")])
        {
            foreach (var request in (string[])[stranger.Subscribe(id, 0), stranger.Send("ms.QueryMessages", new { dialogId = id }), stranger.Close(id)])
                Assert.Equal(404, (await stranger.AnswerAsync(request)).Code);
            Assert.Contains((await stranger.AnswerAsync(stranger.Say(id, "?"))).Code, (int[])[403, 404]);
        }
    }
}
