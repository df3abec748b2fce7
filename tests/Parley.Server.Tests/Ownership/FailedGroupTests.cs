using System.Text.Json;
using Parley.Journal.Memory;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Server.Tests.Ownership;

/// <summary>A group that the store refuses, or of which it does not know.</summary>
public sealed class FailedGroupTests : IAsyncLifetime
{
    private TestMessaging _messaging = null!;
    private MemoryJournal _journal = null!;

    public async ValueTask InitializeAsync() => (_messaging, _journal) = await TestMessaging.StartInMemoryAsync();

    public ValueTask DisposeAsync() => _messaging.DisposeAsync();

    [Fact]
    public async Task Everything_queued_is_refused_and_everybody_goes_on_without_a_gap()
    {
        var agent = await _messaging.AddAgentAsync("agent");
        var id = await _messaging.OpenAssignedAsync("consumer", agent);
        TestSocket consumer = _messaging.Consumer("consumer"), subscriber = _messaging.Consumer("consumer"), distributed = _messaging.Agent(agent);
        await subscriber.AnswerAsync(subscriber.Subscribe(id, 0));
        await consumer.SayAsync(id, "stored");
        var appended = _messaging.Journal.Appended;

        _journal.Hold();
        List<string> requests = [consumer.Say(id, "lost", "e1"), consumer.Say(id, "lost too", "e2"), consumer.Say(id, "lost", "e1"), consumer.Close(id)];
        await _messaging.Journal.AppendedAsync(appended + requests.Count);
        requests.Add(consumer.Subscribe(id, 0));
        await _messaging.Journal.AppendedAsync(appended + requests.Count);
        _journal.RefuseNextGroup();
        _journal.Release();
        foreach (var request in requests)
        {
            var answer = await consumer.AnswerAsync(request);
            Assert.Equal((503, ".ReqBody$ErrorResp"), (answer.Code, answer.Type));
        }

        Assert.Equal(1, await consumer.SayAsync(id, "lost", "e1"));
        Assert.Equal(2, await consumer.SayAsync(id, "new"));
        await subscriber.WaitForAsync(r => r.Numbers.Contains(2));
        await distributed.WaitForAsync(r => r.Numbers.Contains(2));
        await consumer.SyncAsync();
        Assert.Equal([0, 1, 2], subscriber.From(0).SelectMany(r => r.Numbers));
        Assert.Equal([0, 1, 2], distributed.From(0).SelectMany(r => r.Numbers));
        Assert.Empty(consumer.From(0).SelectMany(r => r.Numbers)); // its subscription was refused
    }

    [Fact]
    public async Task A_conversation_that_could_not_be_opened_can_be_opened_again()
    {
        var consumer = _messaging.Consumer("consumer");
        _journal.RefuseNextGroup();
        Assert.Equal(503, (await consumer.AskAsync("cm.ConsumerRequestConversation", new { eventId = "e1" })).Code);

        Assert.Equal(0, await consumer.SayAsync(await consumer.OpenAsync("e1"), "hello"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_an_unknown_outcome_nothing_is_said_and_its_sockets_are_closed(bool isStored)
    {
        var agent = await _messaging.AddAgentAsync("agent");
        var id = await _messaging.OpenAssignedAsync("consumer", agent);
        TestSocket consumer = _messaging.Consumer("consumer"), subscriber = _messaging.Consumer("consumer"), distributed = _messaging.Agent(agent);
        await subscriber.AnswerAsync(subscriber.Subscribe(id, 0));
        await consumer.SayAsync(id, "known");
        _journal.LeaveNextGroupUndecided(isStored);
        var said = consumer.Say(id, "unknown", "e1");
        await consumer.ClosedAsync();
        await distributed.ClosedAsync();

        Assert.Equal((1013, 1013), (consumer.CloseCode, distributed.CloseCode));
        Assert.DoesNotContain(consumer.From(0), r => r.AnswerTo == said);
        var again = _messaging.Consumer("consumer");
        Assert.Equal(1, await again.SayAsync(id, "unknown", "e1"));
        Assert.Equal(2, await again.SayAsync(id, "new"));
        await subscriber.WaitForAsync(r => r.Numbers.Contains(2));
        Assert.Equal([0, 1, 2], subscriber.From(0).SelectMany(r => r.Numbers));
    }

    // Once, what was stored without anybody knowing was told to no list and to no router: the consumer waited for ever.
    [Fact]
    public async Task What_turns_out_to_be_stored_is_listed_and_routed()
    {
        var manager = await _messaging.AddAgentAsync("manager", Identity.AgentRole.Manager, slots: 1);
        var socket = _messaging.Agent(manager);
        await socket.AskAsync(".ams.routing.SetAgentState", new { availability = "ONLINE" });
        await socket.AskAsync(".ams.routing.SubscribeRoutingTasks");
        await socket.ListAsync();
        var consumer = _messaging.Consumer("consumer");
        _journal.LeaveNextGroupUndecided(isStored: true);
        consumer.Send("cm.ConsumerRequestConversation", new { eventId = "e1" });
        await consumer.ClosedAsync();

        var listed = await socket.WaitForAsync(r => r.ListChanges.Any());
        var rung = await socket.WaitForAsync(r => r.Rings.Any());
        Assert.Equal(listed.ListChanges.Single().ConversationId, rung.Rings.Single().ConversationId);
        Assert.Equal(rung.Rings.Single().ConversationId, await _messaging.Consumer("consumer").OpenAsync("e1"));
    }

    // Once, a request that only waited for a conversation of its own failed with the group of another.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_conversation_without_a_part_in_the_group_is_unharmed(bool isUndecided)
    {
        string failing = await _messaging.OpenAssignedAsync("consumer", null), unharmed = await _messaging.OpenAssignedAsync("other", null);
        TestSocket consumer = _messaging.Consumer("consumer"), other = _messaging.Consumer("other");
        var appended = _messaging.Journal.Appended;
        _journal.Hold();
        var first = other.Say(unharmed, "in the group before", "e1");
        await _messaging.Journal.AppendedAsync(appended + 1);
        await _journal.Held.WaitAsync(TimeSpan.FromSeconds(30));
        var repeated = other.Say(unharmed, "in the group before", "e1");
        var asked = other.Send("ms.QueryMessages", new { dialogId = unharmed });
        var lost = consumer.Say(failing, "lost");
        await _messaging.Journal.AppendedAsync(appended + 4);
        _journal.GroupCompleted += FailNext;
        _journal.Release();

        Assert.Equal(0, (await other.AnswerAsync(first)).Number());
        Assert.Equal(0, (await other.AnswerAsync(repeated)).Number());
        Assert.Equal(JsonValueKind.Array, (await other.AnswerAsync(asked)).Body.ValueKind);
        if (isUndecided) await consumer.ClosedAsync();
        else Assert.Equal(503, (await consumer.AnswerAsync(lost)).Code);
        Assert.Null(other.CloseCode);

        void FailNext()
        {
            _journal.GroupCompleted -= FailNext;
            if (isUndecided) _journal.LeaveNextGroupUndecided(isStored: false);
            else _journal.RefuseNextGroup();
        }
    }
}
