using System.Reflection;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway;

/// <summary>The conformance checklist (protocol 29): every row has a test, here those that go through several chapters.</summary>
public sealed class ChecklistTests(MessagingServer server)
{
    private const string ListV2 = ".ams.aam.ExConversationChangeNotification";
    private const string ListV3 = "cqm.ExConversationChangeNotification";
    private const string Ring = ".ams.routing.RoutingTaskNotification";
    private const int Rows = 25;

    private static readonly Dictionary<int, string> Unproven = new()
    {
        [19] = "tests/Clients runs the published agent SDK itself",
        [22] = "the connector interface is not served",
        [24] = "the history interface is not served",
    };

    [Fact]
    public void Every_row_has_a_test_or_a_reason_not_to()
    {
        var proven = typeof(ChecklistTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes<ChecklistAttribute>())
            .Select(row => row.Number);

        Assert.Equal(Enumerable.Range(1, Rows).Except(Unproven.Keys), proven.Distinct().Order());
    }

    // The clock stands still, so that what comes comes at once.
    [Fact]
    [Checklist(12)]
    [CompatibilityRule(4)]
    [CompatibilityRule(28)]
    public async Task A_list_is_whole_at_once_and_tells_who_joins_and_what_ends()
    {
        var account = await server.NewAccountAsync();
        await using var consumer = await server.ConsumerAsync(account);
        await using var manager = await server.AgentAsync(account, AgentRole.Manager);
        await using var agent = await server.AgentAsync(account);
        var id = await Talk.OpenConversationAsync(consumer);
        var lists = new List<(WireClient Client, string Notification, string SubscriptionId, bool IsOpenOnly)>();
        foreach (var (client, notification) in ((WireClient, string)[])[(consumer, ListV3), (manager, ListV2)])
        {
            foreach (var isOpenOnly in (bool[])[true, false])
            {
                var answer = await client.DoAsync("cqm.SubscribeExConversations", isOpenOnly ? """{"convState":["OPEN"]}""" : """{"convState":["OPEN","CLOSE"]}""");
                var first = await client.NotificationAsync(notification);
                var subscriptionId = (string)answer.Body!["subscriptionId"]!;
                Assert.Equal((answer.Index + 1, subscriptionId), (first.Index, (string?)first.Body!["subscriptionId"]));
                Assert.Equal(("UPSERT", id), ((string?)first.Body["changes"]!.AsArray().Single()!["type"], (string?)first.Change!["result"]!["convId"]));
                lists.Add((client, notification, subscriptionId, isOpenOnly));
            }
        }

        await agent.DoAsync(".ams.routing.SubscribeRoutingTasks");
        await agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"ONLINE"}""");
        await AcceptAsync(agent, id);
        foreach (var list in lists) Assert.Equal("UPSERT", await NextAsync(list, f => f.Text.Contains("ASSIGNED_AGENT")));
        await agent.DoAsync(".ams.cm.UpdateConversationField", Fields(id, """{"field":"ConversationStateField","conversationState":"CLOSE"}"""));
        foreach (var list in lists)
            Assert.Equal(list.IsOpenOnly ? "DELETE" : "UPSERT", await NextAsync(list, f => (string?)f.Change?["result"]!["conversationDetails"]!["state"] == "CLOSE"));

        static async Task<string?> NextAsync((WireClient Client, string Notification, string SubscriptionId, bool IsOpenOnly) list, Func<WireFrame, bool> condition) =>
            (string?)(await list.Client.NotificationAsync(list.Notification, f => (string?)f.Body!["subscriptionId"] == list.SubscriptionId && condition(f))).Change!["type"];
    }

    // Sales has more free slots and would be asked first, were it not for the skill.
    [Fact]
    [Checklist(15)]
    public async Task A_transfer_to_a_skill_rings_who_has_it()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        await using var sales = await server.AgentAsync(account, await server.LoginAsync(account, slots: 9, skills: ["Sales"]));
        await using var support = await server.AgentAsync(account, await server.LoginAsync(account, slots: 1, skills: ["Support"]));
        foreach (var agent in (WireClient[])[sales, support])
        {
            await agent.DoAsync(".ams.routing.SubscribeRoutingTasks");
            await agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"ONLINE"}""");
        }

        await talk.Agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"AWAY"}""");
        var skill = server.Server.Identity.Agents.Skills(account).Single(s => s.Name == "Support").Id;
        await talk.Agent.DoAsync(".ams.cm.UpdateConversationField", Fields(
            talk.ConversationId, """{"field":"ParticipantsChange","type":"REMOVE","role":"ASSIGNED_AGENT"}""", $$"""{"field":"Skill","type":"UPDATE","skill":"{{skill}}"}"""));
        await AcceptAsync(support, talk.ConversationId);

        Assert.Equal("0", await support.PublishAsync(talk.ConversationId, "Support here"));
        await sales.CatchUpAsync();
        Assert.DoesNotContain(sales.Frames, f => f.Type == Ring && f.Change is not null);
    }

    [Fact]
    [Checklist(25)]
    public async Task What_was_acknowledged_outlives_the_server_and_the_numbers_go_on()
    {
        var folder = Directory.CreateTempSubdirectory("parley-restart-").FullName;
        string jwt, id;
        System.Text.Json.Nodes.JsonNode login;
        await using (var first = await MessagingServer.StartAsync(options => options.Data = folder))
        {
            jwt = await first.SignupAsync("demo");
            login = await first.LoginAsync("demo");
            await using var consumer = await first.ConsumerAsync("demo", jwt);
            await using var agent = await first.AgentAsync("demo", login);
            await agent.DoAsync(".ams.routing.SubscribeRoutingTasks");
            await agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"ONLINE"}""");
            id = await Talk.OpenConversationAsync(consumer);
            await AcceptAsync(agent, id);
            for (var i = 0; i < 20; i++) Assert.Equal($"{i}", await (i % 2 == 0 ? consumer : agent).PublishAsync(id, $"text {i}", $",\"eventId\":\"e{i}\""));
        }

        await using (var second = await MessagingServer.StartAsync(options => options.Data = folder))
        {
            await using var consumer = await second.ConsumerAsync("demo", jwt);
            await using var agent = await second.AgentAsync("demo", login);
            await consumer.DoAsync("ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{id}}","fromSeq":0}""");
            for (var i = 0; i < 20; i++)
            {
                var replayed = await consumer.NotificationAsync("ms.MessagingEventNotification", f => (int?)f.Change?["sequence"] == i);
                Assert.Equal($"text {i}", (string?)replayed.Change!["event"]!["message"]);
            }

            Assert.Equal("19", await agent.PublishAsync(id, "text 19", ",\"eventId\":\"e19\""));
            Assert.Equal("20", await consumer.PublishAsync(id, "and"));
            Assert.Equal("21", await agent.PublishAsync(id, "on"));
            await consumer.DoAsync("cqm.SubscribeExConversations");
            Assert.Contains(agent.UserId, (await consumer.NotificationAsync(ListV3)).Change!["result"]!["conversationDetails"]!["participants"]!.ToJsonString());
        }

        Directory.Delete(folder, recursive: true);
    }

    private static string Fields(string conversationId, params string[] fields) =>
        $$"""{"conversationId":"{{conversationId}}","conversationField":[{{string.Join(',', fields)}}]}""";

    private static async Task AcceptAsync(WireClient agent, string conversationId)
    {
        var ring = await agent.NotificationAsync(Ring, f => (string?)f.Change?["result"]!["conversationId"] == conversationId);
        await agent.DoAsync(".ams.routing.UpdateRingState", $$"""{"ringId":"{{(string)ring.Change!["result"]!["ringsDetails"]![0]!["ringId"]!}}","ringState":"ACCEPTED"}""");
    }
}
