using System.Text.Json.Nodes;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Admin.Api;

/// <summary>Why a conversation is where it is, on a clock that stands still.</summary>
public sealed class ExplainTests(MessagingServer server)
{
    [Fact]
    public async Task A_waiting_conversation_says_who_could_have_it_and_why_not()
    {
        var admin = await AdminDesk.OpenAsync(server);
        await admin.DoAsync("POST", "skills", """{"name":"sales"}""");
        await admin.DoAsync("POST", "users", """{"login":"ada","nickname":"Ada","skills":[{"id":"1001"}]}""");
        await using var consumer = await server.ConsumerAsync(admin.Account);
        await Talk.OpenConversationAsync(consumer, """{"skillId":"1001","ttrDefName":"URGENT"}""");
        await using var other = await server.ConsumerAsync(admin.Account);
        var id = await Talk.OpenConversationAsync(other, """{"skillId":"1001"}""");

        var explained = await UntilAsync(admin, id, e => (int?)e["place"]?["position"] == 2);

        Assert.Equal(
            ("waiting", "1001", "sales", null, 0),
            ((string?)explained["state"], (string?)explained["skillId"], (string?)explained["skillName"], (string?)explained["agent"], explained["rings"]!.AsArray().Count));
        Assert.Equal((2, "prioritized", false), ((int)explained["place"]!["position"]!, (string?)explained["place"]!["class"], (bool)explained["place"]!["overdue"]!));
        Assert.Equal("is not there", (string?)explained["candidates"]!.AsArray().Single(c => (string?)c!["agent"]!["nickname"] == "Ada")!["verdict"]);
        var text = (string)explained["text"]!;
        Assert.StartsWith("It waits since 0 s: number 2 of those with the skill sales (prioritized, due ", text);
        Assert.Contains("Ada is not there", text);
    }

    [Fact]
    public async Task A_ringing_one_says_whom_it_rings_and_why_him_and_who_declined_it()
    {
        var admin = await AdminDesk.OpenAsync(server);
        await using var agent = await OnlineAsync(admin);
        await using var consumer = await server.ConsumerAsync(admin.Account);
        var id = await Talk.OpenConversationAsync(consumer);
        var ring = await RingAsync(agent, id);

        var explained = await UntilAsync(admin, id, e => e["place"]?["ringing"]!.AsArray().Count == 1);

        Assert.Equal(("ringing", agent.UserId), ((string?)explained["state"], (string?)explained["place"]!["ringing"]![0]!["pid"]));
        var told = explained["rings"]!.AsArray().Single()!;
        Assert.Equal((ring, agent.UserId, "waiting", null), ((string?)told["ringId"], (string?)told["agent"]!["pid"], (string?)told["state"], (long?)told["endedTs"]));
        Assert.Contains("is the best of 1 free", (string?)told["why"]);
        Assert.Contains("waiting for 0 s; why: first of 1 waiting", (string?)explained["text"]);

        await agent.DoAsync(".ams.routing.UpdateRingState", $$"""{"ringId":"{{ring}}","ringState":"REJECTED"}""");
        explained = await UntilAsync(admin, id, e => (string?)e["state"] == "waiting" && e["place"]?["ringing"]!.AsArray().Count == 0);
        Assert.Equal("rejected", (string?)explained["rings"]![0]!["state"]);
        Assert.Contains("declined; is asked again in 10 s", (string?)explained["text"]);
    }

    [Fact]
    public async Task An_assigned_one_says_who_has_it_and_a_closed_one_that_it_is_closed()
    {
        var admin = await AdminDesk.OpenAsync(server);
        await using var talk = await server.TalkAsync(admin.Account);

        var assigned = await UntilAsync(admin, talk.ConversationId, e => (string?)e["state"] == "assigned");
        Assert.Equal((talk.Agent.UserId, null, "accepted", 0), ((string?)assigned["agent"]!["pid"], (string?)assigned["place"], (string?)assigned["rings"]![0]!["state"], assigned["candidates"]!.AsArray().Count));
        Assert.Contains("has it. It has no skill.", (string?)assigned["text"]);

        await talk.Consumer.DoAsync("cm.UpdateConversationField", $$"""{"conversationId":"{{talk.ConversationId}}","conversationField":[{"field":"ConversationStateField","conversationState":"CLOSE"}]}""");
        var closed = await admin.GetAsync($"routing/explain/{talk.ConversationId}");
        Assert.Equal(("closed", null, null), ((string?)closed["state"], (string?)closed["agent"], (string?)closed["place"]));
        Assert.StartsWith("Closed", (string?)closed["text"]);
    }

    [Fact]
    public async Task Agents_ask_about_their_own_conversations_and_nobody_about_other_accounts()
    {
        var admin = await AdminDesk.OpenAsync(server);
        var login = await server.LoginAsync(admin.Account);
        var mine = admin with { Bearer = (string)login["bearer"]! };
        await using var agent = await OnlineAsync(admin, login);
        await using var consumer = await server.ConsumerAsync(admin.Account);
        var id = await Talk.OpenConversationAsync(consumer);
        var ring = await RingAsync(agent, id);
        await mine.RefusedAsync(403, "no part", "GET", $"routing/explain/{id}");
        await agent.DoAsync(".ams.routing.UpdateRingState", $$"""{"ringId":"{{ring}}","ringState":"ACCEPTED"}""");

        await UntilAsync(mine, id, e => (string?)e["state"] == "assigned", patient: true);
        await (await admin.AsAsync(AgentRole.Agent)).RefusedAsync(403, "no part", "GET", $"routing/explain/{id}");
        await (await AdminDesk.OpenAsync(server)).RefusedAsync(404, "no such conversation", "GET", $"routing/explain/{id}");
        await admin.RefusedAsync(404, "no such conversation", "GET", "routing/explain/none");
    }

    private async Task<WireClient> OnlineAsync(AdminDesk admin, JsonNode? login = null)
    {
        var agent = await server.AgentAsync(admin.Account, login ?? await server.LoginAsync(admin.Account));
        await agent.DoAsync(".ams.routing.SubscribeRoutingTasks");
        await agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"ONLINE"}""");
        return agent;
    }

    private static async Task<string> RingAsync(WireClient agent, string conversationId)
    {
        var ring = await agent.NotificationAsync(".ams.routing.RoutingTaskNotification", f => (string?)f.Change?["result"]?["conversationId"] == conversationId);
        return (string)ring.Change!["result"]!["ringsDetails"]![0]!["ringId"]!;
    }

    // What is committed reaches routing in its own turn.
    private static async Task<JsonNode> UntilAsync(AdminDesk desk, string conversationId, Func<JsonNode, bool> condition, bool patient = false)
    {
        JsonNode? last = null;
        for (var i = 0; i < 200; i++)
        {
            var (status, explained) = await desk.TryAsync("GET", $"routing/explain/{conversationId}");
            last = explained;
            if (status == 200 && condition(explained!)) return explained!;
            Assert.True(status == 200 || patient, $"{status} {explained?.ToJsonString()}");
            await Task.Yield();
        }

        throw new InvalidOperationException(last?.ToJsonString());
    }
}
