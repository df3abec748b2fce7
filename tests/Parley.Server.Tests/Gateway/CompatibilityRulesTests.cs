using System.Reflection;
using System.Text.Json.Nodes;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway;

/// <summary>The rules read out of client programs (protocol 25): every rule has a test, here those that no other class proves.</summary>
public sealed class CompatibilityRulesTests(MessagingServer server)
{
    private const string ListV2 = ".ams.aam.ExConversationChangeNotification";
    private const string ListV3 = "cqm.ExConversationChangeNotification";
    private const string EventV2 = ".ams.ms.OnlineEventDistribution";
    private const string EventV3 = "ms.MessagingEventNotification";
    private const string Update = ".ams.cm.UpdateConversationField";
    private const int Rules = 30;

    private static readonly Dictionary<int, string> Unproven = new()
    {
        [20] = "the connector interface is not served",
        [21] = "webhooks are not served",
    };

    [Fact]
    public void Every_rule_has_a_test_or_a_reason_not_to()
    {
        var proven = typeof(CompatibilityRulesTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes<CompatibilityRuleAttribute>())
            .Select(rule => rule.Number);

        Assert.Equal(Enumerable.Range(1, Rules).Except(Unproven.Keys), proven.Distinct().Order());
    }

    [Fact]
    [CompatibilityRule(6)]
    [CompatibilityRule(7)]
    public async Task Every_kind_of_event_names_its_audience_and_originator_in_each_shape()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        await talk.Consumer.DoAsync("ms.SubscribeMessagingEvents", Dialog(talk));
        await talk.Consumer.NotificationAsync(EventV3, f => f.Change is null); // chat states are for those who are live
        string[] kinds =
        [
            """{"type":"ContentEvent","contentType":"text/plain","message":"Hello"}""",
            """{"type":"RichContentEvent","content":{"type":"vertical","elements":[{"type":"text","text":"Hello"}]}}""",
            """{"type":"AcceptStatusEvent","status":"READ","sequenceList":[0]}""",
            """{"type":"ChatStateEvent","chatState":"COMPOSING"}""",
        ];
        foreach (var kind in kinds)
        {
            foreach (var client in (WireClient[])[talk.Consumer, talk.Agent])
                await client.DoAsync("ms.PublishEvent", $$"""{"dialogId":"{{talk.ConversationId}}","event":{{kind}}}""");
        }

        await talk.Consumer.DoAsync("ms.SubscribeMessagingEvents", Dialog(talk));
        for (var times = 0; times < 2; times++) await talk.Consumer.NotificationAsync(EventV3, f => (int?)f.Change?["sequence"] == 5);
        await talk.Agent.CatchUpAsync();
        var v3 = talk.Consumer.Frames.Where(f => f.Type == EventV3 && f.Change is not null).Select(f => f.Change!).ToList();
        var v2 = talk.Agent.Frames.Where(f => f.Type == EventV2).Select(f => f.Body!)
            .Concat((await talk.Agent.DoAsync(".ams.ms.QueryMessages", Dialog(talk))).Body!.AsArray().Select(e => e!)).ToList();

        Assert.Equal((6 + 1 + 6, 6 + 1 + 6), (v3.Count, v2.Count)); // live, the other side's chat state, stored
        Assert.All(v3.Concat(v2), change => Assert.Equal("ALL", (string?)change["messageAudience"]));
        Assert.All(v3, change => AssertOriginator(change, change["originatorId"], consumer: talk.Consumer.UserId, agent: talk.Agent.UserId));
        Assert.All(v2, change => AssertOriginator(change, change["originatorId"], consumer: talk.Consumer.OldId, agent: talk.Agent.OldId));
        Assert.All(v2, change => AssertOriginator(change, change["originatorPId"], consumer: talk.Consumer.UserId, agent: talk.Agent.UserId));

        void AssertOriginator(JsonNode change, JsonNode? named, string consumer, string agent)
        {
            var isConsumer = (string?)change["originatorMetadata"]!["role"] == "CONSUMER";
            Assert.Equal(
                (isConsumer ? consumer : agent, isConsumer ? talk.Consumer.UserId : talk.Agent.UserId, isConsumer ? "CONSUMER" : "ASSIGNED_AGENT"),
                ((string?)named, (string?)change["originatorMetadata"]!["id"], (string?)change["originatorMetadata"]!["role"]));
        }
    }

    // Once, a receipt was passed on as it had come, and programs that go through its list stumbled over a number or over text.
    [Theory]
    [InlineData("0", "[0]")]
    [InlineData("\"0\"", "[0]")]
    [InlineData("[\"0\",1]", "[0,1]")]
    [InlineData("[]", "[]")]
    [CompatibilityRule(5)]
    [CompatibilityRule(16)]
    public async Task A_receipt_in_any_form_reaches_others_as_a_list_of_numbers(string sent, string received)
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        await talk.Consumer.DoAsync("ms.SubscribeMessagingEvents", Dialog(talk));
        for (var i = 0; i < 2; i++) await talk.Consumer.PublishAsync(talk.ConversationId, $"{i}");

        await talk.Agent.DoAsync(".ams.ms.PublishEvent", Receipt(talk, $"\"sequenceList\":{sent},\"x\":1"));

        foreach (var change in await ReceivedAsync(talk, 2))
            Assert.Equal((received, 1), (change["event"]!["sequenceList"]!.ToJsonString(), (int)change["event"]!["x"]!));
    }

    // Once, a list that came twice could not be filtered, and the consumer never got the receipt.
    [Fact]
    [CompatibilityRule(5)]
    public async Task A_receipt_in_any_form_hides_private_numbers_from_the_consumer()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        await talk.Consumer.DoAsync("ms.SubscribeMessagingEvents", Dialog(talk));
        await talk.Consumer.PublishAsync(talk.ConversationId, "0");
        await talk.Agent.PublishAsync(talk.ConversationId, "1", ",\"messageAudience\":\"AGENTS_AND_MANAGERS\"");

        await talk.Agent.DoAsync(".ams.ms.PublishEvent", Receipt(talk, "\"sequenceList\":[],\"sequenceList\":[\"0\",\"1\"]"));
        await talk.Agent.DoAsync(".ams.ms.PublishEvent", Receipt(talk, "\"sequenceList\":1"));
        await talk.Consumer.PublishAsync(talk.ConversationId, "4");

        await talk.Consumer.NotificationAsync(EventV3, f => (int?)f.Change?["sequence"] == 4);
        var seen = talk.Consumer.Frames.Where(f => f.Type == EventV3 && f.Change is not null).Select(f => f.Change!).ToList();
        Assert.Equal([0, 2, 4], seen.Select(c => (int)c["sequence"]!));
        Assert.Equal("[0]", seen[1]["event"]!["sequenceList"]!.ToJsonString());
    }

    [Fact]
    [CompatibilityRule(8)]
    public async Task All_lists_of_participants_have_the_same_order_in_each_role()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        await using var first = await server.AgentAsync(account, AgentRole.Manager);
        await using var second = await server.AgentAsync(account, AgentRole.Manager);
        await talk.Agent.DoAsync(".ams.aam.SubscribeExConversations");
        foreach (var manager in (WireClient[])[second, first])
            await manager.DoAsync(Update, Fields(talk, """{"field":"ParticipantsChange","type":"ADD","role":"MANAGER"}"""));

        var details = (await talk.Agent.NotificationAsync(ListV2, f => f.Change?["result"]!["conversationDetails"]!["participants"]!["MANAGER"]?.AsArray().Count == 2))
            .Change!["result"]!["conversationDetails"]!;

        Assert.Equal([second.OldId, first.OldId], details["participants"]!["MANAGER"]!.AsArray().Select(id => (string?)id));
        Assert.Equal([second.UserId, first.UserId], details["participantsPId"]!["MANAGER"]!.AsArray().Select(id => (string?)id));
        Assert.Equal(
            [talk.Consumer.UserId, talk.Agent.OldId, second.OldId, first.OldId],
            details["dialogs"]!.AsArray().Single()!["participantsDetails"]!.AsArray().Select(p => (string?)p!["id"]));
    }

    [Fact]
    [CompatibilityRule(15)]
    public async Task States_and_rings_are_answered_202_and_answers_in_words_are_bare_strings()
    {
        var account = await server.NewAccountAsync();
        await using var agent = await server.AgentAsync(account);
        await using var consumer = await server.ConsumerAsync(account);
        await agent.DoAsync(".ams.routing.SubscribeRoutingTasks");
        var state = await agent.RequestAsync(".ams.routing.SetAgentState", """{"availability":"ONLINE"}""");
        var id = await Talk.OpenConversationAsync(consumer);
        var ringId = (string)(await agent.NotificationAsync(".ams.routing.RoutingTaskNotification", f => f.Change is not null)).Change!["result"]!["ringsDetails"]![0]!["ringId"]!;
        var ring = await agent.RequestAsync(".ams.routing.UpdateRingState", $$"""{"ringId":"{{ringId}}","ringState":"ACCEPTED"}""");
        var closed = await consumer.RequestAsync("cm.UpdateConversationField", Fields(new Talk(consumer, agent, id), """{"field":"ConversationStateField","conversationState":"CLOSE"}"""));

        Assert.Equal(
            [(202, "Agent state updated successfully"), (202, "Ring state updated successfully"), (200, "OK Conversation resolved successfully")],
            ((WireFrame[])[state, ring, closed]).Select(a => (a.Code, (string?)a.Body)));
        Assert.All((WireFrame[])[state, ring, closed], a => Assert.Equal(".ReqBody$StringResp", a.Type));
    }

    [Theory]
    [InlineData("""{"skillId":7,"campaignInfo":{"campaignId":900100,"engagementId":900200}}""", "\"OPEN\"")]
    [InlineData("""{"skillId":"7","campaignInfo":{"campaignId":"900100","engagementId":"900200"}}""", "[\"OPEN\"]")]
    [CompatibilityRule(16)]
    public async Task Numbers_may_be_text_single_elements_need_no_list_and_ids_may_be_repeated(string opening, string state)
    {
        var account = await server.NewAccountAsync();
        await using var consumer = await server.ConsumerAsync(account);
        await using var manager = await server.AgentAsync(account, AgentRole.Manager);

        await consumer.SendRawAsync(
            ClientFrame.Text($$"""{"id":7,"type":"cm.ConsumerRequestConversation","body":{{opening}}}"""),
            ClientFrame.Text($$$"""{"id":7,"type":"cqm.SubscribeExConversations","body":{"convState":{{{state}}},"minLastUpdatedTime":"0"}}"""));
        var id = (string?)(await consumer.AnswerAsync("7")).Body!["conversationId"];
        Assert.Equal(200, (await consumer.AnswerAsync("7")).Code);
        var own = (await consumer.NotificationAsync(ListV3, f => f.Change is not null)).Change!["result"]!;
        await manager.DoAsync(".ams.aam.SubscribeExConversations", $$"""{"convState":{{state}},"consumerId":"{{consumer.UserId}}"}""");
        var seen = (await manager.NotificationAsync(ListV2)).Change!["result"]!;

        Assert.Equal((id, id), ((string?)own["convId"], (string?)seen["convId"]));
        foreach (var details in ((JsonNode[])[own, seen]).Select(r => r["conversationDetails"]!))
            Assert.Equal(("7", "900100"), ((string?)details["skillId"], details["campaignInfo"]!["campaignId"]!.ToString()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [CompatibilityRule(30)]
    public async Task An_agent_is_known_by_his_public_id_wherever_his_old_one_is_taken(bool isPublic)
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        await using var manager = await server.AgentAsync(account, AgentRole.Manager);
        await using var target = await server.AgentAsync(account);
        string IdOf(WireClient agent) => isPublic ? agent.UserId : agent.OldId;

        await target.DoAsync(".ams.routing.SubscribeRoutingTasks");
        await target.DoAsync(".ams.routing.SetAgentState", $$"""{"availability":"ONLINE","agentUserId":"{{IdOf(target)}}"}""");
        await manager.DoAsync(".ams.aam.SubscribeExConversations", $$"""{"agentIds":["{{IdOf(talk.Agent)}}"]}""");
        Assert.Equal(talk.ConversationId, (string?)(await manager.NotificationAsync(ListV2)).Change!["result"]!["convId"]);
        await manager.DoAsync(".ams.routing.SubscribeAgentsState", $$"""{"agentId":"{{IdOf(target)}}"}""");
        var state = (await manager.NotificationAsync(".ams.routing.AgentStateNotification")).Change!["result"]!;
        Assert.Equal((target.OldId, "ONLINE"), ((string?)state["agentUserId"], (string?)state["availability"]));
        Assert.Equal(target.OldId, (string?)(await manager.DoAsync(".ams.userprofile.GetUserProfile", $$"""{"userId":"{{IdOf(target)}}"}""")).Body!["userId"]);

        await talk.Agent.DoAsync(Update, Fields(
            talk,
            $$"""{"field":"ParticipantsChange","type":"REMOVE","role":"ASSIGNED_AGENT","userId":"{{IdOf(talk.Agent)}}"}""",
            $$"""{"field":"ParticipantsChange","type":"SUGGEST","role":"ASSIGNED_AGENT","userId":"{{IdOf(target)}}"}"""));
        await target.NotificationAsync(".ams.routing.RoutingTaskNotification", f => (string?)f.Change?["result"]!["conversationId"] == talk.ConversationId);
        await manager.DoAsync(Update, Fields(talk, $$"""{"field":"ParticipantsChange","type":"ADD","role":"ASSIGNED_AGENT","userId":"{{IdOf(manager)}}"}"""));
        Assert.Equal("0", await manager.PublishAsync(talk.ConversationId, "It is mine"));
    }

    private static string Dialog(Talk talk) => $$"""{"dialogId":"{{talk.ConversationId}}"}""";

    private static string Fields(Talk talk, params string[] fields) => $$"""{"conversationId":"{{talk.ConversationId}}","conversationField":[{{string.Join(',', fields)}}]}""";

    private static string Receipt(Talk talk, string members) =>
        $$$"""{"dialogId":"{{{talk.ConversationId}}}","event":{"type":"AcceptStatusEvent","status":"READ",{{{members}}}}}""";

    // An event as both sides get it live and ask for it afterwards.
    private static async Task<JsonNode[]> ReceivedAsync(Talk talk, int sequence) =>
    [
        (await talk.Consumer.NotificationAsync(EventV3, f => (int?)f.Change?["sequence"] == sequence)).Change!,
        (await talk.Agent.NotificationAsync(EventV2, f => (int?)f.Body!["sequence"] == sequence)).Body!,
        (await talk.Consumer.DoAsync("ms.QueryMessages", Dialog(talk))).Body![sequence]!,
        (await talk.Agent.DoAsync(".ams.ms.QueryMessages", Dialog(talk))).Body![sequence]!,
    ];
}
