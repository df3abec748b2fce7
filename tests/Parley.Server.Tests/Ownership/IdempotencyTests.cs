using Parley.Server.Tests.Ownership.Support;

namespace Parley.Server.Tests.Ownership;

/// <summary>Promise 4: what is repeated under the same event id is done once and answered like the first time.</summary>
public sealed class IdempotencyTests
{
    [Fact]
    public async Task A_repeat_of_a_publish_on_its_way_waits_for_it_and_is_answered_like_it()
    {
        var (messaging, journal) = await TestMessaging.StartInMemoryAsync();
        await using var _ = messaging;
        var id = await messaging.OpenAssignedAsync("consumer", null);
        TestSocket first = messaging.Consumer("consumer"), again = messaging.Consumer("consumer");
        var appended = messaging.Journal.Appended;
        journal.Hold();
        var said = first.Say(id, "once", "e1");
        await messaging.Journal.AppendedAsync(appended + 1);
        var repeated = again.Say(id, "once", "e1");
        var other = again.Say(id, "something else", "e1");
        await messaging.Journal.AppendedAsync(appended + 3);
        await again.SyncAsync();
        Assert.Equal(0, again.Count);

        journal.Release();
        Assert.Equal((await first.AnswerAsync(said)).Number(), (await again.AnswerAsync(repeated)).Number());
        Assert.Equal(409, (await again.AnswerAsync(other)).Code);
        Assert.Equal(1, messaging.State(id).Main.NextSequence);
    }

    [Fact]
    public async Task A_repeat_is_answered_like_the_first_for_the_life_of_the_dialog_and_after()
    {
        await using var messaging = await TestMessaging.StartOnDiskAsync();
        var agent = await messaging.AddAgentAsync("agent");
        var id = await messaging.OpenAssignedAsync("consumer", agent);
        var consumer = messaging.Consumer("consumer");
        await consumer.SayAsync(id, "zero");
        await consumer.SayAsync(id, "once", "e1");
        Assert.Equal(1, await consumer.SayAsync(id, "once", "e1"));
        Assert.Equal(2, await messaging.Agent(agent).SayAsync(id, "another's, under the same id", "e1"));
        Assert.Equal(200, (await consumer.AnswerAsync(consumer.Close(id, "c1"))).Code);

        await Repeats(consumer);
        messaging.Time.Advance(TimeSpan.FromMinutes(5)); // long enough to be let go
        await Repeats(messaging.Consumer("consumer"));
        await messaging.RestartAsync();
        await Repeats(messaging.Consumer("consumer"));
        Assert.Equal(3, messaging.State(id).Main.NextSequence);

        async Task Repeats(TestSocket socket)
        {
            Assert.Equal(1, await socket.SayAsync(id, "once", "e1"));
            Assert.Equal(409, (await socket.AnswerAsync(socket.Say(id, "different", "e1"))).Code);
            Assert.Equal(400, (await socket.AnswerAsync(socket.Say(id, "new", "e2"))).Code);
            Assert.Equal(200, (await socket.AnswerAsync(socket.Close(id, "c1"))).Code);
            Assert.Equal(400, (await socket.AnswerAsync(socket.Close(id, "c2"))).Code);
        }
    }

    [Fact]
    public async Task A_conversation_requested_again_is_the_same_also_after_a_restart()
    {
        await using var messaging = await TestMessaging.StartOnDiskAsync();
        var id = await messaging.Consumer("consumer").OpenAsync("e1");
        Assert.Equal(id, await messaging.Consumer("consumer").OpenAsync("e1"));
        Assert.NotEqual(id, await messaging.Consumer("another").OpenAsync("e1"));
        await messaging.RestartAsync();

        var consumer = messaging.Consumer("consumer");
        Assert.Equal(id, await consumer.OpenAsync("e1"));
        Assert.Equal(409, (await consumer.AskAsync("cm.ConsumerRequestConversation", new { eventId = "e1", ttrDefName = "URGENT" })).Code);
        Assert.Equal(1, messaging.State(id).Version);
    }

    // Once, a conversation with very many publishes on their way forgot the ids of the oldest: a repeat was stored twice.
    [Fact]
    public async Task No_number_of_publishes_on_their_way_makes_an_id_forgotten()
    {
        var (messaging, journal) = await TestMessaging.StartInMemoryAsync(limits: new() { OpenRequests = 8_192 });
        await using var _ = messaging;
        var id = await messaging.OpenAssignedAsync("consumer", null);
        var consumer = messaging.Consumer("consumer");
        journal.Hold();
        var first = consumer.Say(id, "first", "first");
        for (var i = 0; i < 5_000; i++) consumer.Say(id, "more", $"e{i}");
        var again = consumer.Say(id, "first", "first");
        await messaging.Journal.AppendedAsync(messaging.Journal.Appended);
        await consumer.SyncAsync();
        journal.Release();

        Assert.Equal((await consumer.AnswerAsync(first)).Number(), (await consumer.AnswerAsync(again)).Number());
        Assert.Equal(5_001, messaging.State(id).Main.NextSequence);
    }
}
