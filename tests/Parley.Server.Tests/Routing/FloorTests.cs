using Parley.Conversations;
using Parley.Server.Identity;
using Parley.Server.Tests.Ownership.Support;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Routing;

/// <summary>Slots, transfers and races for them, on a floor that is running.</summary>
public sealed class FloorTests
{
    [Fact]
    public async Task Who_is_occupied_is_rung_for_what_a_colleague_hands_to_him_and_for_nothing_else()
    {
        await using var floor = await Floor.OpenAsync();
        var ada = await floor.AgentAsync("ada", slots: 2);
        var ids = new[] { await floor.OpenAsync(), await floor.OpenAsync() };
        foreach (var id in ids) await ada.AcceptAsync(id);
        var ben = await floor.AgentAsync("ben", slots: 5, state: "OCCUPIED");
        var third = await floor.OpenAsync();
        await floor.SettledAsync();
        Assert.Empty(floor.RungFor(third));

        await Floor.HandAsync(ada, ids[0], ben);
        await floor.SettledAsync();
        Assert.Equal([["ben"], ["ada"]], ((string[])[ids[0], third]).Select(floor.RungFor));
        await ben.AcceptAsync(ids[0]);
        Assert.Equal("ben", floor.AssignedTo(ids[0]));

        // Occupied or not: away he is handed nothing, and after a while anybody may have it.
        await ben.SetAsync("AWAY");
        await Floor.HandAsync(ada, ids[1], ben);
        await floor.PassAsync(TimeSpan.FromSeconds(119));
        Assert.Empty(floor.RungFor(ids[1]));
        await floor.PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(["ada"], floor.RungFor(ids[1]));
    }

    [Fact]
    public async Task Two_offers_at_once_do_not_both_get_the_last_slot()
    {
        await using var floor = await Floor.OpenAsync();
        var boats = await floor.SkillAsync("boats");
        var cars = await floor.SkillAsync("cars");
        var ada = await floor.AgentAsync("ada", slots: 2, skills: [boats, cars]);
        await ada.AcceptAsync(await floor.OpenAsync(boats));
        TestSocket[] consumers = [floor.Messaging.Consumer("one"), floor.Messaging.Consumer("other")];
        for (var times = Sampling.Count(20, 400); times > 0; times--)
        {
            using var start = new Barrier(2);
            var opened = await Task.WhenAll(consumers.Select((consumer, i) => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return consumer.AskAsync("cm.ConsumerRequestConversation", new { skillId = i == 0 ? boats : cars });
                },
                TaskCreationOptions.LongRunning).Unwrap()));
            var ids = opened.Select(a => a.Body.GetProperty("conversationId").GetString()!).ToList();
            floor.Conversations.AddRange(ids);
            await floor.SettledAsync();
            var rung = Assert.Single(ids, id => floor.RungFor(id).Length > 0);
            var other = ids.Single(id => id != rung);
            await ada.AcceptAsync(rung);
            await floor.SettledAsync();
            Assert.Empty(floor.RungFor(other));
            await consumers[ids.IndexOf(rung)].AnswerAsync(consumers[ids.IndexOf(rung)].Close(rung));
            await floor.SettledAsync();
            Assert.Equal(["ada"], floor.RungFor(other));
            await consumers[ids.IndexOf(other)].AnswerAsync(consumers[ids.IndexOf(other)].Close(other));
            ids.ForEach(id => floor.Conversations.Remove(id));
            await floor.SettledAsync();
        }
    }

    [Fact]
    public async Task Who_was_given_a_conversation_by_a_manager_is_rung_again_only_when_he_has_room()
    {
        await using var floor = await Floor.OpenAsync();
        var ada = await floor.AgentAsync("ada", slots: 1);
        var manager = floor.Messaging.Agent(await floor.Messaging.AddAgentAsync("manager", AgentRole.Manager, slots: 0));
        var ids = new[] { await floor.OpenAsync(), await floor.OpenAsync(), await floor.OpenAsync() };
        var given = Floor.SendChange(manager, ids[1], Floor.Change("ADD", "ASSIGNED_AGENT", ada.Profile.OldId));
        Assert.Equal(200, (await manager.AnswerAsync(given)).Code);
        await ada.AcceptAsync(ids[0]);
        await floor.CloseAsync(ids[0]);
        await floor.SettledAsync();
        Assert.Empty(floor.RungFor(ids[2]));
        await floor.CloseAsync(ids[1]);
        await floor.SettledAsync();
        Assert.Equal(["ada"], floor.RungFor(ids[2]));
    }

    [Fact]
    public async Task A_conversation_that_is_closed_while_its_offer_is_under_way_rings_at_nobody_and_its_slot_is_free()
    {
        await using var floor = await Floor.OpenAsync();
        var ada = await floor.AgentAsync("ada", slots: 1, state: "AWAY");
        var id = await floor.OpenAsync();
        await floor.SettledAsync();

        var appended = floor.Messaging.Journal.Appended;
        floor.Journal.Hold();
        var closed = floor.Consumer.Close(id);
        await floor.Messaging.Journal.AppendedAsync(appended + 1);
        await ada.SetAsync("ONLINE");
        await floor.Messaging.Journal.AppendedAsync(appended + 2);
        floor.Journal.Release();
        Assert.Equal(200, (await floor.Consumer.AnswerAsync(closed)).Code);
        await floor.SettledAsync();
        Assert.Empty(ada.RingsOf(id));
        await ada.RingAsync(await floor.OpenAsync());
    }

    [Fact]
    public async Task A_ring_that_is_stored_before_the_close_is_called_off_by_it_and_its_slot_is_free()
    {
        await using var floor = await Floor.OpenAsync();
        var ada = await floor.AgentAsync("ada", slots: 1, state: "AWAY");
        var id = await floor.OpenAsync();
        await floor.SettledAsync();

        var appended = floor.Messaging.Journal.Appended;
        floor.Journal.Hold();
        await ada.SetAsync("ONLINE");
        await floor.Messaging.Journal.AppendedAsync(appended + 1);
        var closed = floor.Consumer.Close(id);
        await floor.Messaging.Journal.AppendedAsync(appended + 2);
        floor.Journal.Release();
        Assert.Equal(200, (await floor.Consumer.AnswerAsync(closed)).Code);
        await floor.SettledAsync();
        Assert.Equal(["WAITING", "CANCELLED"], ada.RingsOf(id).Select(r => r.State));
        await ada.RingAsync(await floor.OpenAsync());
    }

    [Fact]
    public async Task Idle_conversations_leave_room_for_another_until_their_consumers_write_again()
    {
        await using var floor = await Floor.OpenAsync(new AccountSettings { IdleSlotPercent = 50, IdleMinutes = 10 });
        var ada = await floor.AgentAsync("ada", slots: 2);
        var ids = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            ids.Add(await floor.OpenAsync());
            await ada.AcceptAsync(ids[i]);
            await floor.Consumer.SayAsync(ids[i], "hello");
            await ada.Socket.SayAsync(ids[i], "hello yourself");
        }

        var third = await floor.OpenAsync();
        await floor.PassAsync(TimeSpan.FromMinutes(9));
        Assert.Empty(floor.RungFor(third));
        await floor.PassAsync(TimeSpan.FromMinutes(2));
        await ada.AcceptAsync(third);

        // Two halves and a whole are his two slots; when one of the halves is whole again, nothing fits that ends half a slot.
        await floor.Consumer.SayAsync(ids[0], "one more thing");
        var fourth = await floor.OpenAsync();
        await floor.CloseAsync(ids[1]);
        await floor.SettledAsync();
        Assert.Empty(floor.RungFor(fourth));
        await floor.CloseAsync(third);
        await floor.SettledAsync();
        Assert.Equal(["ada"], floor.RungFor(fourth));
    }

    // Once, a turn failed whose next event lay further ahead than a timer reaches.
    [Fact]
    public async Task A_promise_for_the_distant_future_fails_no_turn()
    {
        await using var server = await MessagingServer.StartAsync();
        var account = await server.NewAccountAsync(new AccountSettings { TtrNormalSeconds = int.MaxValue, TtrPrioritizedSeconds = int.MaxValue });
        await using var talk = await server.TalkAsync(account);
        var id = await Support.Talk.OpenConversationAsync(talk.Consumer);
        await RingAsync("WAITING");
        await talk.Agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"AWAY"}""");
        await RingAsync("CANCELLED");
        Assert.DoesNotContain(server.Logs, line => line.Contains("routing of account", StringComparison.Ordinal));

        Task RingAsync(string state) => talk.Agent.NotificationAsync(
            ".ams.routing.RoutingTaskNotification",
            f => f.Change?["result"] is { } task && (string?)task["conversationId"] == id && (string?)task["ringsDetails"]![0]!["ringState"] == state);
    }
}
