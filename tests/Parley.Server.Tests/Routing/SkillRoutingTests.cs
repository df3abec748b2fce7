using System.Text.Json;
using Parley.Protocol;
using Parley.Server.Identity;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Server.Tests.Routing;

/// <summary>How skills decide who is rung, how many, when, and whether he is asked (protocol 12.6).</summary>
public sealed class SkillRoutingTests
{
    [Theory]
    [InlineData(Dialect.V2)]
    [InlineData(Dialect.V21)]
    [InlineData(Dialect.V3)]
    public async Task A_skill_rings_several_agents_at_once_and_the_first_who_accepts_has_it(Dialect dialect)
    {
        await using var floor = await Floor.OpenAsync();
        var boats = await floor.SkillAsync("boats", new SkillSettings { RingAgents = 3 });
        var agents = new Dictionary<string, TestAgent>();
        foreach (var (login, slots) in (IEnumerable<(string, int)>)[("ada", 5), ("ben", 4), ("eve", 3), ("kim", 2)])
            agents[login] = await floor.AgentAsync(login, slots, dialect: dialect, skills: boats);
        var id = await floor.OpenAsync(boats);
        await floor.SettledAsync();
        Assert.Equal(["ada", "ben", "eve"], floor.RungFor(id));

        await agents["ada"].AnswerAsync(await agents["ada"].RingAsync(id), "REJECTED");
        await floor.SettledAsync();
        Assert.Equal(["ben", "eve", "kim"], floor.RungFor(id));
        await agents["eve"].AcceptAsync(id);
        await floor.SettledAsync();

        Assert.Equal("eve", floor.AssignedTo(id));
        var ends = new Dictionary<string, string> { ["ada"] = "REJECTED", ["ben"] = "CANCELLED", ["eve"] = "ACCEPTED", ["kim"] = "CANCELLED" };
        foreach (var (login, end) in ends)
        {
            Assert.Equal(["WAITING", end], agents[login].RingsOf(id).Select(r => r.State));
            Assert.Equal(dialect == Dialect.V3 ? [] : ["WAITING", end], TwinsOf(agents[login], id));
        }
    }

    [Theory]
    [InlineData(Dialect.V2)]
    [InlineData(Dialect.V21)]
    [InlineData(Dialect.V3)]
    public async Task A_skill_may_give_the_conversation_to_the_best_agent_without_asking_him(Dialect dialect)
    {
        await using var floor = await Floor.OpenAsync();
        var boats = await floor.SkillAsync("boats", new SkillSettings { AutoAccept = true, RingAgents = 3 });
        var ada = await floor.AgentAsync("ada", slots: 1, dialect: dialect, skills: boats);
        var ids = new[] { await floor.OpenAsync(boats), await floor.OpenAsync(boats) };
        await floor.SettledAsync();

        Assert.Equal(["ada", null], ids.Select(floor.AssignedTo));
        Assert.Equal(["AUTO_ACCEPT"], ada.RingsOf(ids[0]).Select(r => r.State));
        Assert.Equal(dialect == Dialect.V3 ? [] : ["AUTO_ACCEPT"], TwinsOf(ada, ids[0]));
        Assert.True(Task(ada, ids[0]).GetProperty("taskCompleted").GetBoolean());
        Assert.Equal(409, (await ada.TryAnswerAsync(ada.RingsOf(ids[0])[0].Id, "ACCEPTED")).Code);
        await ada.Socket.SayAsync(ids[0], "you are through");
        Assert.Empty(ada.RingsOf(ids[1]));

        await floor.CloseAsync(ids[0]);
        await floor.SettledAsync();
        Assert.Equal("ada", floor.AssignedTo(ids[1]));
    }

    [Fact]
    public async Task A_conversation_falls_back_to_another_skill_when_nobody_of_its_own_took_it_in_time()
    {
        await using var floor = await Floor.OpenAsync();
        var trains = await floor.SkillAsync("trains");
        var boats = await floor.SkillAsync("boats", new SkillSettings { FallbackSkillId = trains, FallbackSeconds = 30 });
        var ada = await floor.AgentAsync("ada", slots: 5, skills: trains);
        var id = await floor.OpenAsync(boats);
        await floor.PassAsync(TimeSpan.FromMilliseconds(29_900));
        Assert.Empty(floor.RungFor(id));
        await floor.PassAsync(TimeSpan.FromMilliseconds(200));
        Assert.Equal(["ada"], floor.RungFor(id));

        // Who has the skill itself goes before them from then on too.
        await ada.AnswerAsync(await ada.RingAsync(id), "REJECTED");
        await floor.AgentAsync("ben", slots: 1, skills: boats);
        await floor.PassAsync(TimeSpan.FromSeconds(11));
        Assert.Equal(["ben"], floor.RungFor(id));
    }

    [Fact]
    public async Task An_agent_has_no_more_conversations_of_a_skill_than_it_allows_rings_included()
    {
        await using var floor = await Floor.OpenAsync();
        var boats = await floor.SkillAsync("boats", new SkillSettings { MaxPerAgent = 2 });
        var cars = await floor.SkillAsync("cars");
        var ada = await floor.AgentAsync("ada", slots: 4, skills: [boats, cars]);
        var ids = new List<string>();
        foreach (var skill in (IEnumerable<string>)[boats, boats, boats, cars]) ids.Add(await floor.OpenAsync(skill));
        await ada.AcceptAsync(ids[0]);
        await floor.SettledAsync();
        Assert.Equal([[], ["ada"], [], ["ada"]], ids.Select(floor.RungFor));

        await floor.CloseAsync(ids[0]);
        await floor.SettledAsync();
        Assert.Equal(["ada"], floor.RungFor(ids[2]));
    }

    [Fact]
    public async Task Whoever_has_a_skill_first_is_rung_first_though_others_are_freer()
    {
        await using var floor = await Floor.OpenAsync();
        var boats = await floor.SkillAsync("boats");
        var cars = await floor.SkillAsync("cars");
        var ada = await floor.AgentAsync("ada", slots: 1);
        var ben = await floor.AgentAsync("ben", slots: 9);
        await floor.AgentAsync("any", slots: 20);
        await floor.ChangeWorkAsync(ada, 1, boats, $"{cars}:2");
        await floor.ChangeWorkAsync(ben, 9, $"{boats}:2", cars);

        var car = await floor.OpenAsync(cars);
        var boat = await floor.OpenAsync(boats);
        var second = await floor.OpenAsync(boats);
        await floor.SettledAsync();
        Assert.Equal([["ben"], ["ada"], ["ben"]], ((string[])[car, boat, second]).Select(floor.RungFor));
    }

    [Fact]
    public async Task Overdue_conversations_go_first_then_urgent_then_prioritized_then_the_rest_by_age()
    {
        await using var floor = await Floor.OpenAsync(new AccountSettings { TtrNormalSeconds = 600, TtrPrioritizedSeconds = 500, TtrUrgentSeconds = 400 });
        var overdue = await floor.OpenAsync();
        await floor.PassAsync(TimeSpan.FromSeconds(300));
        var older = await floor.OpenAsync();
        var urgent = await floor.OpenAsync(urgency: "URGENT");
        var prioritized = await floor.OpenAsync(urgency: "PRIORITIZED");
        var secondUrgent = await floor.OpenAsync(urgency: "URGENT");
        await floor.PassAsync(TimeSpan.FromSeconds(301));
        var younger = await floor.OpenAsync();
        var ada = await floor.AgentAsync("ada", slots: 1);
        foreach (var id in (IEnumerable<string>)[overdue, urgent, secondUrgent, prioritized, older, younger])
        {
            await floor.SettledAsync();
            Assert.Equal(["ada"], floor.RungFor(id));
            await ada.AcceptAsync(id);
            await floor.CloseAsync(id);
        }
    }

    // Once, an agent kept his ring for a skill that an operator had taken from him.
    [Fact]
    public async Task Who_loses_a_skill_loses_its_rings_to_somebody_who_has_it()
    {
        await using var floor = await Floor.OpenAsync();
        var boats = await floor.SkillAsync("boats");
        var cars = await floor.SkillAsync("cars");
        var ada = await floor.AgentAsync("ada", slots: 5, skills: [boats, cars]);
        var ben = await floor.AgentAsync("ben", slots: 1, skills: boats);
        var ids = new[] { await floor.OpenAsync(boats), await floor.OpenAsync(cars) };
        await floor.SettledAsync();
        Assert.Equal([["ada"], ["ada"]], ids.Select(floor.RungFor));

        await floor.ChangeWorkAsync(ada, 5, cars);
        await floor.SettledAsync();
        Assert.Equal([["ben"], ["ada"]], ids.Select(floor.RungFor));
        Assert.Equal(["WAITING", "CANCELLED"], ada.RingsOf(ids[0]).Select(r => r.State));
        await ben.AcceptAsync(ids[0]);
    }

    [Fact]
    public async Task A_skill_that_changes_while_an_offer_is_under_way_is_not_rung_at_those_who_lack_it()
    {
        await using var floor = await Floor.OpenAsync();
        var boats = await floor.SkillAsync("boats");
        var cars = await floor.SkillAsync("cars");
        var ada = await floor.AgentAsync("ada", slots: 1, state: "AWAY", skills: boats);
        await floor.AgentAsync("ben", slots: 1, skills: cars);
        var manager = floor.Messaging.Agent(await floor.Messaging.AddAgentAsync("manager", AgentRole.Manager, slots: 0));
        var id = await floor.OpenAsync(boats);
        await floor.SettledAsync();

        // The change is decided, routing has not seen it yet and gives the conversation to an agent of the former skill.
        var appended = floor.Messaging.Journal.Appended;
        floor.Journal.Hold();
        var changed = Floor.SendChange(manager, id, Floor.Change("ADD", "MANAGER"), Floor.Skill(cars));
        await floor.Messaging.Journal.AppendedAsync(appended + 1);
        await ada.SetAsync("ONLINE");
        await floor.Messaging.Journal.AppendedAsync(appended + 2);
        floor.Journal.Release();
        Assert.Equal(200, (await manager.AnswerAsync(changed)).Code);
        await floor.SettledAsync();
        Assert.Empty(ada.RingsOf(id));
        Assert.Equal(["ben"], floor.RungFor(id));

        // Her slot is hers again.
        var next = await floor.OpenAsync(boats);
        await floor.SettledAsync();
        Assert.Equal(["ada"], floor.RungFor(next));
    }

    [Fact]
    public async Task A_ring_that_is_stored_before_the_skill_changes_is_called_off_with_the_change()
    {
        await using var floor = await Floor.OpenAsync();
        var boats = await floor.SkillAsync("boats");
        var cars = await floor.SkillAsync("cars");
        var ada = await floor.AgentAsync("ada", slots: 1, state: "AWAY", skills: boats);
        await floor.AgentAsync("ben", slots: 1, skills: cars);
        var manager = floor.Messaging.Agent(await floor.Messaging.AddAgentAsync("manager", AgentRole.Manager, slots: 0));
        var id = await floor.OpenAsync(boats);
        await floor.SettledAsync();

        var appended = floor.Messaging.Journal.Appended;
        floor.Journal.Hold();
        await ada.SetAsync("ONLINE");
        await floor.Messaging.Journal.AppendedAsync(appended + 1);
        var changed = Floor.SendChange(manager, id, Floor.Change("ADD", "MANAGER"), Floor.Skill(cars));
        await floor.Messaging.Journal.AppendedAsync(appended + 2);
        floor.Journal.Release();
        Assert.Equal(200, (await manager.AnswerAsync(changed)).Code);
        await floor.SettledAsync();
        Assert.Equal(["WAITING", "CANCELLED"], ada.RingsOf(id).Select(r => r.State));
        Assert.Equal(["ben"], floor.RungFor(id));
    }

    private static IEnumerable<string> TwinsOf(TestAgent agent, string id) => agent.Socket.From(0)
        .Where(r => r.Type == ".ams.routing.RingUpdated" && r.Body.GetProperty("convId").GetString() == id).Select(r => r.Body.GetProperty("ringState").GetString()!);

    private static JsonElement Task(TestAgent agent, string id) =>
        agent.Socket.From(0).Last(r => r.Rings.Any(x => x.ConversationId == id)).Body.GetProperty("changes")[0].GetProperty("result");
}
