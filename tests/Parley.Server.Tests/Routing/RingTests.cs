using Parley.Journal.Memory;
using Parley.Protocol;
using Parley.Server.Identity;
using Parley.Server.Tests.Ownership.Support;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Routing;

/// <summary>Agent states, rings and their ends (protocol 12), on a clock that the test moves.</summary>
public sealed class RingTests : IAsyncLifetime
{
    private TestMessaging _messaging = null!;
    private MemoryJournal _journal = null!;
    private TestSocket _consumer = null!;

    public async ValueTask InitializeAsync()
    {
        (_messaging, _journal) = await TestMessaging.StartInMemoryAsync();
        _consumer = _messaging.Consumer("consumer");
    }

    public ValueTask DisposeAsync() => _messaging.DisposeAsync();

    [Fact]
    public async Task The_longest_waiting_conversation_rings_first_and_the_next_when_a_slot_is_free()
    {
        var first = await _consumer.OpenAsync();
        _messaging.Time.Advance(TimeSpan.FromMilliseconds(1));
        var second = await _consumer.OpenAsync();
        var ada = await OnlineAsync("ada", slots: 1);
        var ring = await ada.RingAsync(first);
        await ada.Socket.SyncAsync();
        Assert.DoesNotContain(ada.Socket.From(0).SelectMany(r => r.Rings), r => r.ConversationId == second);

        await ada.AnswerAsync(ring, "ACCEPTED");
        await _consumer.AnswerAsync(_consumer.Close(first));
        await ada.RingAsync(second);
    }

    [Fact]
    public async Task A_ring_shows_how_long_it_waits_and_until_when()
    {
        var id = await _consumer.OpenAsync();
        var ada = await OnlineAsync("ada");
        var ring = await ada.RingAsync(id);

        Assert.Equal(72_000, ring.Json.GetProperty("ringExpiration").GetInt64());
        Assert.Equal(_messaging.State(id).Rings[0].OfferedTs + 72_000, ring.Json.GetProperty("ringExpirationTs").GetInt64());
    }

    [Fact]
    public async Task Who_accepts_is_assigned_and_everybody_concerned_is_told()
    {
        await _consumer.ListAsync();
        var manager = _messaging.Agent(await _messaging.AddAgentAsync("manager", AgentRole.Manager));
        await manager.ListAsync();
        var ada = await OnlineAsync("ada");
        var id = await _consumer.OpenAsync();
        var ring = await ada.RingAsync(id);
        await ada.AnswerAsync(ring, "ACCEPTED");
        await ada.SeesAsync(ring.Id, "ACCEPTED");

        Assert.Equal(ada.Profile.Pid, _messaging.State(id).AssignedAgent?.UserId);
        await _consumer.WaitForAsync(r => r.ListChanges.Any(c => c.Result.ToString().Contains(ada.Profile.Pid, StringComparison.Ordinal)));
        await manager.WaitForAsync(r => r.ListChanges.Any(c => c.Result.ToString().Contains(ada.Profile.OldId, StringComparison.Ordinal)));
        await _consumer.SayAsync(id, "hello");
        await ada.Socket.WaitForAsync(r => r.Numbers.Contains(0));
    }

    [Fact]
    public async Task Who_rejects_is_asked_again_only_when_nobody_else_can_and_not_at_once()
    {
        TestAgent ada = await OnlineAsync("ada"), ben = await OnlineAsync("ben");
        var id = await _consumer.OpenAsync();
        var (first, ring) = await FirstAsync(id, ada, ben);
        var second = first == ada ? ben : ada;
        await first.AnswerAsync(ring, "REJECTED");
        await first.SeesAsync(ring.Id, "REJECTED");
        var next = await second.RingAsync(id);
        _messaging.Time.Advance(TimeSpan.FromMilliseconds(5));
        await second.AnswerAsync(next, "REJECTED");
        await second.SeesAsync(next.Id, "REJECTED");

        _messaging.Time.Advance(TimeSpan.FromMilliseconds(9_000));
        await first.SettledAsync();
        Assert.Single(first.Socket.From(0).SelectMany(r => r.Rings), r => r.State == "WAITING");
        _messaging.Time.Advance(TimeSpan.FromMilliseconds(2_000));
        var again = await first.RingAsync(id, except: ring.Id);
        Assert.NotEqual(ring.Id, again.Id);
    }

    [Fact]
    [Checklist(14)]
    public async Task A_ring_nobody_answers_expires_and_goes_to_another_agent()
    {
        TestAgent ada = await OnlineAsync("ada"), ben = await OnlineAsync("ben");
        var id = await _consumer.OpenAsync();
        var (first, ring) = await FirstAsync(id, ada, ben);
        _messaging.Time.Advance(TimeSpan.FromMilliseconds(71_000));
        await first.SettledAsync();
        Assert.DoesNotContain(first.Socket.From(0).SelectMany(r => r.Rings), r => r.State == "EXPIRED");

        _messaging.Time.Advance(TimeSpan.FromMilliseconds(1_100));
        await first.SeesAsync(ring.Id, "EXPIRED");
        await (first == ada ? ben : ada).RingAsync(id);
        Assert.Equal(409, (await first.TryAnswerAsync(ring.Id, "ACCEPTED")).Code);
    }

    [Theory]
    [InlineData("AWAY")]
    [InlineData("OFFLINE")]
    [InlineData("BACK_SOON")]
    [InlineData("OCCUPIED")]
    public async Task Who_takes_no_more_work_loses_his_rings(string state)
    {
        TestAgent ada = await OnlineAsync("ada"), ben = await OnlineAsync("ben");
        var id = await _consumer.OpenAsync();
        var (first, ring) = await FirstAsync(id, ada, ben);
        await first.SetAsync(state);
        await first.SeesAsync(ring.Id, "CANCELLED");
        await (first == ada ? ben : ada).RingAsync(id);
    }

    [Fact]
    public async Task Who_goes_away_loses_his_rings_at_once_and_his_state_after_a_minute()
    {
        TestAgent ada = await OnlineAsync("ada"), ben = await OnlineAsync("ben");
        var watching = _messaging.Agent(await _messaging.AddAgentAsync("manager", AgentRole.Manager));
        var id = await _consumer.OpenAsync();
        var (first, ring) = await FirstAsync(id, ada, ben);
        await watching.AskAsync(".ams.routing.SubscribeAgentsState", new { agentId = first.Profile.OldId });
        await watching.WaitForAsync(r => State(r) == "ONLINE");
        await LeaveAsync(first);
        await (first == ada ? ben : ada).RingAsync(id);
        Assert.Equal(Parley.Conversations.RingState.Cancelled, _messaging.State(id).Rings.Single(r => r.Id == ring.Id).State);

        _messaging.Time.Advance(TimeSpan.FromSeconds(59));
        await OnlookAsync();
        Assert.DoesNotContain(watching.From(0), r => State(r) == "OFFLINE");
        _messaging.Time.Advance(TimeSpan.FromSeconds(1));
        await watching.WaitForAsync(r => State(r) == "OFFLINE");
    }

    [Fact]
    public async Task Who_is_back_in_time_is_still_online()
    {
        var ada = await OnlineAsync("ada");
        await LeaveAsync(ada);
        _messaging.Time.Advance(TimeSpan.FromSeconds(59));
        var back = await TestAgent.ConnectAsync(_messaging, ada.Profile);
        _messaging.Time.Advance(TimeSpan.FromSeconds(2));
        await back.RingAsync(await _consumer.OpenAsync());
    }

    [Fact]
    public async Task Who_is_back_too_late_is_offline_until_he_says_otherwise()
    {
        var ada = await OnlineAsync("ada");
        await LeaveAsync(ada);
        _messaging.Time.Advance(TimeSpan.FromSeconds(61));
        await OnlookAsync();
        var back = await TestAgent.ConnectAsync(_messaging, ada.Profile);
        var id = await _consumer.OpenAsync();
        await back.SettledAsync();
        Assert.Empty(_messaging.State(id).Rings);

        await back.SetAsync("ONLINE");
        await back.RingAsync(id);
    }

    // Once, an offer that was still being stored when its agent went away rang at nobody until it expired.
    [Fact]
    public async Task A_ring_that_is_stored_after_its_agent_went_away_is_called_off()
    {
        var ada = await OnlineAsync("ada");
        var appended = _messaging.Journal.Appended;
        _journal.Hold();
        var opened = _consumer.Send("cm.ConsumerRequestConversation");
        await _messaging.Journal.AppendedAsync(appended + 1);
        _journal.Release();
        var id = (await _consumer.AnswerAsync(opened)).Body.GetProperty("conversationId").GetString()!;
        var ring = await ada.RingAsync(id);
        await ada.AnswerAsync(ring, "REJECTED");
        appended = _messaging.Journal.Appended;
        _journal.Hold();
        _messaging.Time.Advance(TimeSpan.FromSeconds(11));
        await _messaging.Journal.AppendedAsync(appended + 1);
        await ada.SetAsync("AWAY");
        await ada.SettledAsync();
        _journal.Release();

        var called = await ada.Socket.WaitForAsync(r => r.Rings.Any(x => x.State == "CANCELLED"));
        Assert.NotEqual(ring.Id, called.Rings.Single().Id);
    }

    [Fact]
    [Checklist(13)]
    public async Task A_ring_of_somebody_else_is_unknown_and_one_that_ended_is_over()
    {
        TestAgent ada = await OnlineAsync("ada"), ben = await OnlineAsync("ben");
        var id = await _consumer.OpenAsync();
        var (first, ring) = await FirstAsync(id, ada, ben);
        var other = first == ada ? ben : ada;
        Assert.Equal(404, (await other.TryAnswerAsync(ring.Id, "ACCEPTED")).Code);
        Assert.Equal(404, (await first.TryAnswerAsync("no ring", "ACCEPTED")).Code);
        Assert.Equal(404, (await first.TryAnswerAsync(id + "_1_1", "ACCEPTED")).Code);
        Assert.Equal(400, (await first.TryAnswerAsync(ring.Id, "MAYBE")).Code);
        await first.AnswerAsync(ring, "ACCEPTED");
        Assert.Equal(409, (await first.TryAnswerAsync(ring.Id, "ACCEPTED")).Code);
        Assert.Equal(409, (await first.TryAnswerAsync(ring.Id, "REJECTED")).Code);
    }

    [Fact]
    public async Task A_consumer_who_closes_calls_the_ring_off()
    {
        var ada = await OnlineAsync("ada");
        var id = await _consumer.OpenAsync();
        var ring = await ada.RingAsync(id);
        await _consumer.AnswerAsync(_consumer.Close(id));
        await ada.SeesAsync(ring.Id, "CANCELLED");
        Assert.Equal(409, (await ada.TryAnswerAsync(ring.Id, "ACCEPTED")).Code);
    }

    [Fact]
    [CompatibilityRule(28)]
    public async Task A_late_subscription_begins_with_the_rings_that_wait()
    {
        var ada = await OnlineAsync("ada");
        var id = await _consumer.OpenAsync();
        var ring = await ada.RingAsync(id);
        var late = _messaging.Agent(ada.Profile);
        var answer = await late.AskAsync(".ams.routing.SubscribeRoutingTasks");
        var first = await late.WaitForAsync(r => r.Type.EndsWith("RoutingTaskNotification", StringComparison.Ordinal));

        Assert.Equal(answer.Body.GetProperty("subscriptionId").GetString(), first.Body.GetProperty("subscriptionId").GetString());
        Assert.Equal([ring.Id], first.Rings.Select(r => r.Id));
    }

    // Once, a ring was told twice on a node that had read it before it heard of it.
    [Fact]
    public async Task What_routing_knows_already_it_tells_nobody_again()
    {
        var ada = await OnlineAsync("ada");
        var id = await _consumer.OpenAsync();
        await ada.RingAsync(id);
        _messaging.Services.Routing.Observe(null, _messaging.State(id));
        await ada.SettledAsync();
        Assert.Single(ada.RingsOf(id));
    }

    [Fact]
    [CompatibilityRule(14)]
    public async Task Old_bots_get_the_deprecated_twin_without_a_subscription()
    {
        var ada = await _messaging.AddAgentAsync("ada");
        TestSocket v2 = _messaging.Agent(ada), v21 = _messaging.Agent(ada, Dialect.V21);
        await v2.AskAsync(".ams.routing.SetAgentState", new { availability = "ONLINE" });
        var id = await _consumer.OpenAsync();
        foreach (var socket in (TestSocket[])[v2, v21])
        {
            var twin = (await socket.WaitForAsync(r => r.Type == ".ams.routing.RingUpdated")).Body;
            Assert.Equal((id, "WAITING", "consumer", "-1"), (
                twin.GetProperty("convId").GetString(), twin.GetProperty("ringState").GetString(),
                twin.GetProperty("consumerId").GetString(), twin.GetProperty("skillId").GetString()));
            Assert.DoesNotContain(socket.From(0), r => r.Rings.Any());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connecting_counts_as_online_only_where_the_account_says_so(bool isOnline)
    {
        var (messaging, _) = await TestMessaging.StartInMemoryAsync(new AccountSettings { ConnectedAgentIsOnline = isOnline });
        await using var _ = messaging;
        var ada = await TestAgent.ConnectAsync(messaging, await messaging.AddAgentAsync("ada"));
        var id = await messaging.Consumer("consumer").OpenAsync();
        if (isOnline) await ada.RingAsync(id);
        await ada.SettledAsync();

        Assert.Equal(isOnline ? 1 : 0, messaging.State(id).Rings.Count);
    }

    [Fact]
    public async Task A_restart_calls_rings_off_and_keeps_the_order_of_the_queue()
    {
        await using var messaging = await TestMessaging.StartOnDiskAsync();
        var ada = await TestAgent.ConnectAsync(messaging, await messaging.AddAgentAsync("ada", slots: 1));
        await ada.SetAsync("ONLINE");
        var consumer = messaging.Consumer("consumer");
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add(await consumer.OpenAsync());
            messaging.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        var ring = await ada.RingAsync(ids[0]);
        await messaging.RestartAsync();

        var back = await TestAgent.ConnectAsync(messaging, ada.Profile);
        await back.SetAsync("ONLINE");
        consumer = messaging.Consumer("consumer");
        foreach (var id in ids)
        {
            await back.AnswerAsync(await back.RingAsync(id, except: ring.Id), "ACCEPTED");
            Assert.Equal(ada.Profile.Pid, messaging.State(id).AssignedAgent?.UserId);
            await consumer.AnswerAsync(consumer.Close(id));
        }

        Assert.Equal(Parley.Conversations.RingState.Cancelled, messaging.State(ids[0]).Rings.Single(r => r.Id == ring.Id).State);
    }

    // Once, one conversation that could not be read ended all routing of its account.
    [Fact]
    public async Task A_conversation_that_cannot_be_read_does_not_keep_the_others_waiting()
    {
        var damaged = await _consumer.OpenAsync();
        _messaging.Time.Advance(TimeSpan.FromMinutes(3)); // long enough to be let go
        Assert.Equal(0, _messaging.Conversations.Count);
        _messaging.Journal.Damaged = damaged;
        var ada = await OnlineAsync("ada");
        var id = await _consumer.OpenAsync();
        await ada.RingAsync(id);

        _messaging.Journal.Damaged = null;
        _messaging.Time.Advance(TimeSpan.FromSeconds(2));
        await ada.RingAsync(damaged);
    }

    [Fact]
    public async Task Offers_that_cannot_be_stored_are_made_again()
    {
        var ada = await OnlineAsync("ada", slots: 1);
        _journal.Hold();
        var opened = _consumer.Send("cm.ConsumerRequestConversation");
        await _journal.Held.WaitAsync(TimeSpan.FromSeconds(30));
        var appended = _messaging.Journal.Appended;
        _journal.GroupCompleted += RefuseOffer;
        _journal.Release();
        var id = (await _consumer.AnswerAsync(opened)).Body.GetProperty("conversationId").GetString()!;
        await _messaging.Journal.AppendedAsync(appended + 1);
        Assert.Empty(_messaging.State(id).Rings);

        var rung = ada.RingAsync(id);
        while (!rung.IsCompleted)
        {
            _messaging.Time.Advance(TimeSpan.FromSeconds(1));
            await ada.Socket.SyncAsync();
        }

        await rung;
        Assert.True(_messaging.State(id).Rings.Count(r => r.State == Parley.Conversations.RingState.Waiting) <= 1, "It rings twice.");

        void RefuseOffer()
        {
            _journal.GroupCompleted -= RefuseOffer;
            _journal.RefuseNextGroup();
        }
    }

    private static string? State(Received received) =>
        received.Type.EndsWith("AgentStateNotification", StringComparison.Ordinal)
            ? received.Body.GetProperty("changes")[0].GetProperty("result").GetProperty("availability").GetString() : null;

    private static async Task<(TestAgent Agent, RingSeen Ring)> FirstAsync(string id, TestAgent one, TestAgent other)
    {
        var (ringOfOne, ringOfOther) = (one.RingAsync(id), other.RingAsync(id));
        return await Task.WhenAny(ringOfOne, ringOfOther) == ringOfOne ? (one, await ringOfOne) : (other, await ringOfOther);
    }

    private async Task<TestAgent> OnlineAsync(string login, int slots = 3)
    {
        var agent = await TestAgent.ConnectAsync(_messaging, await _messaging.AddAgentAsync(login, slots: slots));
        await agent.SetAsync("ONLINE");
        return agent;
    }

    // Returns when routing knows that he is gone.
    private async Task LeaveAsync(TestAgent agent)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _messaging.Services.Connections.PresenceChanged += (principal, isPresent) =>
        {
            if (principal.UserId == agent.Profile.Pid && !isPresent) gone.TrySetResult();
        };
        agent.Socket.Drop();
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await OnlookAsync();
    }

    // Returns when routing has done all it was told before, for a test that has no agent's socket to ask on.
    private async Task OnlookAsync() =>
        await (await TestAgent.ConnectAsync(_messaging, await _messaging.AddAgentAsync($"onlooker-{Guid.NewGuid():N}", AgentRole.Manager, slots: 0))).SettledAsync();
}
