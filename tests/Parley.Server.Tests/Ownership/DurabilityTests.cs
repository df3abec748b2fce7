using Parley.Journal.Memory;
using Parley.Server.Identity;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Server.Tests.Ownership;

/// <summary>Promise 1 from the outside: nothing shows what is not stored.</summary>
public sealed class DurabilityTests : IAsyncLifetime
{
    private TestMessaging _messaging = null!;
    private MemoryJournal _journal = null!;

    public async ValueTask InitializeAsync() => (_messaging, _journal) = await TestMessaging.StartInMemoryAsync();

    public ValueTask DisposeAsync() => _messaging.DisposeAsync();

    [Fact]
    public async Task No_answer_notification_snapshot_replay_or_read_shows_what_is_not_stored()
    {
        var agent = await _messaging.AddAgentAsync("agent");
        var manager = await _messaging.AddAgentAsync("manager", AgentRole.Manager);
        var id = await _messaging.OpenAssignedAsync("consumer", agent);
        TestSocket publisher = _messaging.Consumer("consumer"), live = _messaging.Consumer("consumer"), distributed = _messaging.Agent(agent);
        TestSocket listed = _messaging.Agent(manager), late = _messaging.Consumer("consumer"), asking = _messaging.Agent(agent), listing = _messaging.Agent(manager);
        await publisher.SayAsync(id, "stored");
        await live.AnswerAsync(live.Subscribe(id, 0));
        await live.WaitForAsync(r => r.Numbers.Contains(0));
        await distributed.WaitForAsync(r => r.Numbers.Contains(0));
        await listed.ListAsync();
        _messaging.Time.Advance(TimeSpan.FromSeconds(1));
        await listed.SyncAsync();
        TestSocket[] all = [publisher, live, distributed, listed, late, asking];
        var seen = all.Select(s => s.Count).ToArray();
        var appended = _messaging.Journal.Appended;

        _journal.Hold();
        var said = publisher.Say(id, "not stored");
        await _messaging.Journal.AppendedAsync(appended + 1);
        var subscribed = late.Subscribe(id, 0);
        var asked = asking.Send(".ams.ms.QueryMessages", new { dialogId = id, maxQuantity = 100, newerThanSequence = 0 });
        await _messaging.Journal.AppendedAsync(appended + 3);
        var (_, snapshot) = await listing.ListAsync();
        foreach (var socket in all) await socket.SyncAsync();

        Assert.Equal(seen, all.Select(s => s.Count));
        Assert.Equal("stored", Assert.Single(snapshot.ListChanges).LastText);

        _journal.Release();
        Assert.Equal(1, (await publisher.AnswerAsync(said)).Number());
        Assert.Equal(2, (await asking.AnswerAsync(asked)).Body.GetArrayLength());
        await late.AnswerAsync(subscribed);
        await late.WaitForAsync(r => r.Numbers.Contains(1));
        await live.WaitForAsync(r => r.Numbers.Contains(1));
        await distributed.WaitForAsync(r => r.Numbers.Contains(1));
        await listed.WaitForAsync(r => r.ListChanges.Any(c => c.LastText == "not stored"));
        _messaging.Time.Advance(TimeSpan.FromSeconds(1));
        await listing.WaitForAsync(r => r.ListChanges.Any(c => c.LastText == "not stored"));
    }

    [Fact]
    public async Task A_refusal_waits_for_what_it_saw()
    {
        var id = await _messaging.OpenAssignedAsync("consumer", null);
        TestSocket closing = _messaging.Consumer("consumer"), late = _messaging.Consumer("consumer");
        var appended = _messaging.Journal.Appended;
        _journal.Hold();
        var closed = closing.Close(id);
        await _messaging.Journal.AppendedAsync(appended + 1);
        var refused = late.Say(id, "too late");
        await _messaging.Journal.AppendedAsync(appended + 2);
        await late.SyncAsync();
        Assert.Equal(0, late.Count);

        _journal.Release();
        Assert.Equal(200, (await closing.AnswerAsync(closed)).Code);
        Assert.Equal(400, (await late.AnswerAsync(refused)).Code);
    }

    [Fact]
    public async Task Chat_states_keep_their_place_among_the_messages()
    {
        var agent = await _messaging.AddAgentAsync("agent");
        var id = await _messaging.OpenAssignedAsync("consumer", agent);
        TestSocket listener = _messaging.Agent(agent), consumer = _messaging.Consumer("consumer");
        await listener.WaitForAsync(r => r.Json.ToString().Contains("ACTIVE", StringComparison.Ordinal)); // the server's own, of a consumer who came
        var position = listener.Count;
        var appended = _messaging.Journal.Appended;
        _journal.Hold();
        consumer.ChatState(id, "ACTIVE");
        consumer.ChatState(id, "COMPOSING");
        consumer.Say(id, "hello");
        consumer.ChatState(id, "PAUSE");
        await _messaging.Journal.AppendedAsync(appended + 2);
        _journal.Release();
        await listener.WaitForAsync(r => r.Json.ToString().Contains("PAUSE", StringComparison.Ordinal));

        Assert.Equal(
            ["ACTIVE", "COMPOSING", "hello", "PAUSE"],
            listener.From(position).SelectMany(r => r.Events).Select(e => e.GetProperty("event")).Select(e => (e.TryGetProperty("chatState", out var s) ? s : e.GetProperty("message")).GetString()));
    }

    [Fact]
    public async Task Answers_leave_in_the_order_of_the_requests_and_no_notification_passes_its_answer()
    {
        var id = await _messaging.OpenAssignedAsync("consumer", null);
        var consumer = _messaging.Consumer("consumer");
        consumer.Subscribe(id, 0);
        await consumer.WaitForAsync(r => r.Type == "ms.MessagingEventNotification"); // the replay's end
        var position = consumer.Count;
        var appended = _messaging.Journal.Appended;
        _journal.Hold();
        string[] requests = [consumer.Say(id, "one"), consumer.Send("GetClock"), consumer.Say(id, "two"), consumer.Send("ms.QueryMessages", new { dialogId = id }), consumer.Send("GetClock")];
        await _messaging.Journal.AppendedAsync(appended + 3);
        await consumer.SyncAsync();
        Assert.Equal(position, consumer.Count);

        _journal.Release();
        await consumer.AnswerAsync(requests[^1]);
        await consumer.WaitForAsync(r => r.Numbers.Contains(1));
        var after = consumer.From(position);
        Assert.Equal(requests, after.Select(r => r.AnswerTo).OfType<string>());
        for (var number = 0L; number < 2; number++)
        {
            var answered = after.ToList().FindIndex(r => r.AnswerTo == requests[2 * number]);
            Assert.True(answered < after.ToList().FindIndex(r => r.Numbers.Contains(number)));
        }
    }
}
