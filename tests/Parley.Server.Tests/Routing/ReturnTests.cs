using Parley.Conversations;
using Parley.Server.Identity;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Server.Tests.Routing;

/// <summary>What becomes of conversations, states and rings when an agent goes for good, and when the server does.</summary>
public sealed class ReturnTests
{
    [Fact]
    public async Task A_conversation_whose_agent_is_gone_goes_to_somebody_else_before_all_that_wait()
    {
        await using var floor = await Floor.OpenAsync(new AccountSettings { ReturnWhenGone = true });
        var ada = await floor.AgentAsync("ada", slots: 2);
        var ids = new[] { await floor.OpenAsync(), await floor.OpenAsync() };
        foreach (var id in ids) await ada.AcceptAsync(id);
        var waiting = await floor.OpenAsync();
        var urgent = await floor.OpenAsync(urgency: "URGENT");
        await floor.LeaveAsync(ada);
        await floor.PassAsync(TimeSpan.FromSeconds(59));
        Assert.Equal(["ada", "ada"], ids.Select(floor.AssignedTo));
        await floor.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal([null, null], ids.Select(floor.AssignedTo));

        var ben = await floor.AgentAsync("ben", slots: 1);
        foreach (var id in (IEnumerable<string>)[urgent, ids[0], ids[1], waiting])
        {
            await floor.SettledAsync();
            Assert.Equal(["ben"], floor.RungFor(id));
            await ben.AcceptAsync(id);
            await floor.CloseAsync(id);
        }
    }

    [Theory]
    [InlineData(true, 59)]
    [InlineData(false, 3_600)]
    public async Task Conversations_stay_with_their_agent_while_he_may_come_back(bool returnsWhenGone, int seconds)
    {
        await using var floor = await Floor.OpenAsync(new AccountSettings { ReturnWhenGone = returnsWhenGone });
        var ada = await floor.AgentAsync("ada");
        var id = await floor.OpenAsync();
        await ada.AcceptAsync(id);
        await floor.LeaveAsync(ada);
        await floor.AgentAsync("ben");
        await floor.PassAsync(TimeSpan.FromSeconds(seconds));
        var back = await floor.ConnectAsync(ada.Profile);
        await floor.PassAsync(TimeSpan.FromSeconds(120));

        Assert.Equal("ada", floor.AssignedTo(id));
        await back.Socket.SayAsync(id, "here I am again");
    }

    // Once, he was taken for gone for good until routing had heard that he had just left, and lost what he had accepted the moment before.
    [Fact]
    public async Task What_he_accepted_just_before_he_left_stays_with_him_for_the_grace_time()
    {
        await using var floor = await Floor.OpenAsync(new AccountSettings { ReturnWhenGone = true });
        var ada = await floor.AgentAsync("ada");
        var id = await floor.OpenAsync();
        var ring = await ada.RingAsync(id);
        await floor.SettledAsync();
        using var goesOn = new ManualResetEventSlim();
        var late = floor.Messaging.Services.Routing.Of(TestMessaging.Account).ReadAsync((_, _, _) => goesOn.Wait(TimeSpan.FromSeconds(30)));
        await ada.AnswerAsync(ring, "ACCEPTED");
        var gone = floor.Gone(ada);
        ada.Socket.Drop();
        await gone;
        goesOn.Set();
        Assert.True(await late);
        await floor.SettledAsync();
        Assert.Equal("ada", floor.AssignedTo(id));
        await floor.PassAsync(TimeSpan.FromSeconds(60));
        Assert.Null(floor.AssignedTo(id));
    }

    // Once, it stayed with him for ever.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_conversation_that_is_stored_as_his_after_he_was_gone_for_good_goes_back(bool autoAccept)
    {
        await using var floor = await Floor.OpenAsync(new AccountSettings { ReturnWhenGone = true });
        var boats = await floor.SkillAsync("boats", new SkillSettings { AutoAccept = autoAccept });
        var ada = await floor.AgentAsync("ada", state: autoAccept ? "AWAY" : "ONLINE", skills: boats);
        var id = await floor.OpenAsync(boats);
        var ring = autoAccept ? null : await ada.RingAsync(id);
        await floor.SettledAsync();
        var appended = floor.Messaging.Journal.Appended;
        floor.Journal.Hold();
        if (ring is null) await ada.SetAsync("ONLINE");
        else ada.Socket.Send(".ams.routing.UpdateRingState", new { ringId = ring.Id, ringState = "ACCEPTED" });
        await floor.Messaging.Journal.AppendedAsync(appended + 1);
        await floor.LeaveAsync(ada);
        floor.Messaging.Time.Advance(TimeSpan.FromSeconds(61));
        await floor.HeardAsync();
        floor.Journal.Release();
        await floor.SettledAsync();
        Assert.Null(floor.AssignedTo(id));

        await floor.AgentAsync("ben", skills: boats);
        await floor.SettledAsync();
        Assert.Equal(autoAccept ? "ben" : null, floor.AssignedTo(id));
        Assert.Equal(autoAccept ? [] : ["ben"], floor.RungFor(id));
    }

    // Once, it was his who had never seen it, until he came back.
    [Fact]
    public async Task A_conversation_that_was_taken_for_somebody_who_has_just_gone_goes_to_the_next()
    {
        await using var floor = await Floor.OpenAsync();
        var boats = await floor.SkillAsync("boats", new SkillSettings { AutoAccept = true });
        var ada = await floor.AgentAsync("ada", state: "AWAY", skills: boats);
        var id = await floor.OpenAsync(boats);
        await floor.SettledAsync();
        var appended = floor.Messaging.Journal.Appended;
        floor.Journal.Hold();
        await ada.SetAsync("ONLINE");
        await floor.Messaging.Journal.AppendedAsync(appended + 1);
        await floor.LeaveAsync(ada);
        var ben = await floor.AgentAsync("ben", skills: boats);
        floor.Journal.Release();
        await floor.SettledAsync();

        Assert.Equal("ben", floor.AssignedTo(id));
        Assert.Equal(["AUTO_ACCEPT"], ben.RingsOf(id).Select(r => r.State));
    }

    [Fact]
    public async Task What_agents_said_of_themselves_holds_after_a_restart_for_those_who_come_back_in_time()
    {
        await using var floor = await Floor.OpenOnDiskAsync();
        var profiles = new List<AgentProfile>();
        foreach (var state in (string[])["ONLINE", "OCCUPIED", "AWAY", "ONLINE"])
            profiles.Add((await floor.AgentAsync($"agent-{profiles.Count}", slots: 1, state: state)).Profile);
        await floor.SettledAsync();
        await floor.RestartAsync();
        await floor.PassAsync(TimeSpan.FromSeconds(59));
        var inTime = new List<TestAgent>();
        foreach (var profile in profiles.Take(3)) inTime.Add(await floor.ConnectAsync(profile));
        Assert.Equal(["ONLINE", "OCCUPIED", "AWAY"], await Task.WhenAll(inTime.Select(StateAsync)));
        await floor.PassAsync(TimeSpan.FromSeconds(2));
        var late = await floor.ConnectAsync(profiles[3]);
        Assert.Equal(["ONLINE", "OCCUPIED", "AWAY", "OFFLINE"], await Task.WhenAll(inTime.Append(late).Select(StateAsync)));

        var ids = new[] { await floor.OpenAsync(), await floor.OpenAsync() };
        await floor.SettledAsync();
        Assert.Equal([["agent-0"], []], ids.Select(floor.RungFor));

        // And what was told since: nobody is taken for what he said long ago.
        await floor.RestartAsync();
        var again = await floor.ConnectAsync(profiles[3]);
        Assert.Equal("OFFLINE", await StateAsync(again));
    }

    [Fact]
    public async Task The_queue_keeps_its_order_over_a_restart_and_what_rang_rings_again()
    {
        await using var floor = await Floor.OpenOnDiskAsync();
        var boats = await floor.SkillAsync("boats", new SkillSettings { RingAgents = 2 });
        TestAgent ada = await floor.AgentAsync("ada", slots: 1, skills: boats), ben = await floor.AgentAsync("ben", slots: 1, skills: boats);
        var ids = new List<string>();
        for (var i = 0; i < 5; i++) ids.Add(await floor.OpenAsync(boats, i == 4 ? "URGENT" : "NORMAL"));
        await floor.SettledAsync();
        Assert.Equal(["ada", "ben"], floor.RungFor(ids[0]));
        await floor.RestartAsync();
        await floor.SettledAsync();
        Assert.All(ids, id => Assert.Empty(floor.RungFor(id)));
        Assert.Equal([RingState.Cancelled, RingState.Cancelled], floor.Messaging.State(ids[0]).Rings.Select(r => r.State));
        Assert.All(floor.Messaging.State(ids[0]).Rings, r => Assert.NotNull(r.EndedTs));

        (ada, ben) = (await floor.ConnectAsync(ada.Profile), await floor.ConnectAsync(ben.Profile));
        foreach (var id in (IEnumerable<string>)[ids[4], .. ids.Take(4)])
        {
            await floor.SettledAsync();
            Assert.Equal(["ada", "ben"], floor.RungFor(id));
            await ada.AcceptAsync(id);
            await ben.Socket.WaitForAsync(r => r.Rings.Any(x => x.ConversationId == id && x.State == "CANCELLED"));
            await floor.CloseAsync(id);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_does_not_come_back_after_a_restart_is_gone(bool returnsWhenGone)
    {
        await using var floor = await Floor.OpenOnDiskAsync(new AccountSettings { ReturnWhenGone = returnsWhenGone });
        var ada = await floor.AgentAsync("ada");
        var id = await floor.OpenAsync();
        await ada.AcceptAsync(id);
        await floor.SettledAsync();
        await floor.RestartAsync();
        await floor.AgentAsync("ben");
        await floor.PassAsync(TimeSpan.FromSeconds(59));
        Assert.Equal("ada", floor.AssignedTo(id));
        await floor.PassAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(returnsWhenGone ? null : "ada", floor.AssignedTo(id));
        Assert.Equal(returnsWhenGone ? ["ben"] : [], floor.RungFor(id));
    }

    private static async Task<string> StateAsync(TestAgent agent)
    {
        var from = agent.Socket.Count;
        var id = (await agent.Socket.AskAsync(".ams.routing.SubscribeAgentsState")).Body.GetProperty("subscriptionId").GetString();
        var told = await agent.Socket.WaitForAsync(
            r => r.Type.EndsWith("AgentStateNotification", StringComparison.Ordinal) && r.Body.GetProperty("subscriptionId").GetString() == id, from);
        return told.Body.GetProperty("changes")[0].GetProperty("result").GetProperty("availability").GetString()!;
    }
}
