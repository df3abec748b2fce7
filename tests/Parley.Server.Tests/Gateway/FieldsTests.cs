using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway;

/// <summary>UpdateConversationField and what lists show of it (protocol 9.3 to 9.7, 15).</summary>
public sealed class FieldsTests(MessagingServer server)
{
    private const string ListV2 = ".ams.aam.ExConversationChangeNotification";
    private const string ListV3 = "cqm.ExConversationChangeNotification";
    private const string EventV2 = ".ams.ms.OnlineEventDistribution";
    private const string EventV3 = "ms.MessagingEventNotification";
    private const string Update = ".ams.cm.UpdateConversationField";
    private const string Remove = """{"field":"ParticipantsChange","type":"REMOVE","role":"ASSIGNED_AGENT"}""";

    [Fact]
    [Checklist(15)]
    [Checklist(16)]
    public async Task Back_to_the_queue_works_once_and_rings_again()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());

        var first = await talk.Agent.DoAsync(Update, Fields(talk, Remove));
        var second = await talk.Agent.RequestAsync(Update, Fields(talk, Remove));

        Assert.Equal("OK Agent removed successfully", (string?)first.Body);
        Assert.Equal((400, "Agent does not exist in conversation"), (second.Code, (string?)second.Body!["details"]));
        await talk.Agent.NotificationAsync(".ams.routing.RoutingTaskNotification", f => State(f) == "WAITING");
    }

    [Fact]
    [Checklist(15)]
    public async Task A_transfer_to_an_agent_rings_him_and_shows_him_as_suggested_on_the_newest_generation_alone()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        await using var target = await server.AgentAsync(account);
        await using var manager = await server.AgentAsync(account, AgentRole.Manager, "2.1");
        await using var older = await server.AgentAsync(account, AgentRole.Manager, "2");
        await manager.DoAsync(".ams.aam.SubscribeExConversations");
        await older.DoAsync(".ams.aam.SubscribeExConversations");
        await target.DoAsync(".ams.routing.SubscribeRoutingTasks");

        await talk.Agent.DoAsync(Update, Fields(talk, Remove, $$"""{"field":"ParticipantsChange","type":"SUGGEST","role":"ASSIGNED_AGENT","userId":"{{target.OldId}}"}"""));
        var newest = await manager.NotificationAsync(ListV2, f => f.Text.Contains("SUGGESTED"));
        var details = newest.Change!["result"]!["conversationDetails"]!;
        Assert.Equal([(talk.Consumer.UserId, "ACTIVE"), (target.OldId, "SUGGESTED")], ParticipantStates(details));
        Assert.DoesNotContain(target.OldId, details["participants"]!.ToJsonString());
        await older.NotificationAsync(ListV2, f => f.Change is not null && ParticipantStates(f.Change["result"]!["conversationDetails"]!).Count() == 1);
        Assert.DoesNotContain(older.Frames, f => f.Text.Contains("SUGGESTED"));

        // The agent who handed it on takes work, and yet it waits for the one who was chosen.
        await talk.Agent.CatchUpAsync();
        Assert.Single(talk.Agent.Frames, f => State(f) == "WAITING");
        await target.DoAsync(".ams.routing.SetAgentState", """{"availability":"ONLINE"}""");
        var ring = await target.NotificationAsync(".ams.routing.RoutingTaskNotification", f => State(f) == "WAITING");
        await target.DoAsync(".ams.routing.UpdateRingState", $$"""{"ringId":"{{(string?)ring.Change!["result"]!["ringsDetails"]![0]!["ringId"]}}","ringState":"ACCEPTED"}""");
        await manager.NotificationAsync(ListV2, f => f.Change?["result"]?["conversationDetails"]?["participants"]?["ASSIGNED_AGENT"]?[0]?.ToString() == target.OldId);
    }

    [Fact]
    public async Task A_manager_joins_writes_takes_over_and_an_agent_elsewhere_may_not()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        await using var manager = await server.AgentAsync(account, AgentRole.Manager);
        await using var stranger = await server.AgentAsync(account);
        await talk.Consumer.DoAsync("ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{talk.ConversationId}}"}""");

        var joined = await manager.DoAsync("cm.UpdateConversationField", Fields(talk, """{"field":"ParticipantsChange","type":"ADD","role":"MANAGER"}"""));
        await manager.PublishAsync(talk.ConversationId, "I listen");
        var heard = await talk.Consumer.NotificationAsync(EventV3, f => (int?)f.Change?["sequence"] == 0);
        await manager.DoAsync(Update, Fields(talk, Remove, $$"""{"field":"ParticipantsChange","type":"ADD","role":"ASSIGNED_AGENT","userId":"{{manager.UserId}}"}"""));
        var refused = await stranger.RequestAsync(Update, Fields(talk, """{"field":"ParticipantsChange","type":"ADD","role":"AGENT"}"""));
        var elsewhere = await stranger.RequestAsync(Update, Fields(talk, """{"field":"Skill","type":"UPDATE","skill":"-1"}"""));
        var nobody = await manager.RequestAsync(Update, Fields(talk, """{"field":"ParticipantsChange","type":"ADD","role":"AGENT","userId":"demo.1"}"""));

        Assert.Equal("OK Agent added successfully", (string?)joined.Body);
        Assert.Equal("MANAGER", (string?)heard.Change!["originatorMetadata"]!["role"]);
        Assert.Equal((403, 400, 400), (refused.Code, elsewhere.Code, nobody.Code));
        Assert.Equal("Agent does not exist in conversation", (string?)elsewhere.Body!["details"]);
        Assert.Equal(403, (await talk.Agent.RequestAsync(".ams.ms.PublishEvent", WireClient.PublishBody(talk.ConversationId, "still here"))).Code);
    }

    [Fact]
    public async Task Several_changes_happen_together_or_not_at_all()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        await talk.Agent.DoAsync(".ams.aam.SubscribeExConversations");

        var refused = await talk.Agent.RequestAsync(Update, Fields(talk, """{"field":"Note","note":"lost"}""", """{"field":"CSATRate","csatRate":5,"status":"FILLED"}"""));
        await talk.Agent.DoAsync(Update, Fields(talk, """{"field":"Note","note":"kept"}""", """{"field":"TTRField","ttrType":"URGENT","value":"30"}"""));

        Assert.Equal(403, refused.Code);
        var record = await talk.Agent.NotificationAsync(ListV2, f => f.Text.Contains("kept"));
        var details = record.Change!["result"]!["conversationDetails"]!;
        Assert.Equal(("URGENT", 30), ((string?)details["ttr"]!["ttrType"], (int)details["ttr"]!["value"]!));
        Assert.DoesNotContain(talk.Agent.Frames, f => f.Kind == "notification" && f.Text.Contains("lost"));
    }

    [Fact]
    public async Task What_agents_note_is_not_the_consumers_and_what_he_rates_is_everybodys()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        await talk.Agent.DoAsync(".ams.aam.SubscribeExConversations");
        await talk.Consumer.DoAsync("cqm.SubscribeExConversations");
        await talk.Agent.DoAsync(Update, Fields(talk,
            """{"field":"Note","note":"difficult"}""", """{"field":"TopicField","topic":{"name":"billing"}}""",
            """{"field":"ManualETTR","manualETTR":4102444800000}""", """{"field":"DelayField","delay":{"type":"NIGHT","tillWhen":4102444800000}}"""));
        await talk.Consumer.DoAsync("cm.UpdateConversationField", Fields(talk, """{"field":"ConversationStateField","conversationState":"CLOSE"}"""));

        await talk.Consumer.DoAsync("cm.UpdateConversationField", Fields(talk, """{"field":"CSATRate","csatRate":"4","csatResolutionConfirmation":true,"status":"FILLED"}"""));

        var agents = (await talk.Agent.NotificationAsync(ListV2, f => f.Text.Contains("csatRate"))).Change!["result"]!["conversationDetails"]!;
        var consumers = (await talk.Consumer.NotificationAsync(ListV3, f => f.Text.Contains("csatRate"))).Change!["result"]!["conversationDetails"]!;
        Assert.Equal(("difficult", "billing", 4102444800000), ((string?)agents["note"], (string?)agents["topic"]!["name"], (long)agents["manualETTR"]!));
        Assert.Equal(("NIGHT", 4102444800000), ((string?)agents["delay"]!["type"], (long)agents["delay"]!["tillWhen"]!));
        Assert.Equal("""{"csatRate":4,"csatResolutionConfirmation":true,"status":"FILLED"}""", consumers["csat"]!.ToJsonString());
        Assert.Equal((4, "CONSUMER"), ((int)agents["csatRate"]!, (string?)agents["closeReason"]));
        Assert.DoesNotContain(talk.Consumer.Frames, f => f.Text.Contains("difficult") || f.Text.Contains("billing"));
    }

    [Fact]
    [Checklist(17)]
    public async Task A_survey_has_its_own_dialog_and_counter_and_its_end_is_the_conversations()
    {
        var account = await server.NewAccountAsync(new AccountSettings { Surveys = new Dictionary<string, SurveySetting> { ["*"] = new("survey", "app-7") } });
        await using var bot = await server.AgentAsync(account, await server.LoginAsync(account, login: "survey"));
        await using var agent = await server.AgentAsync(account);
        await using var consumer = await server.ConsumerAsync(account);
        await agent.DoAsync(".ams.routing.SubscribeRoutingTasks");
        await agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"ONLINE"}""");
        await bot.DoAsync(".ams.aam.SubscribeExConversations");
        await consumer.SendAsync("""{"kind":"req","id":"i","type":"InitConnection","headers":[{"type":".ams.headers.ClientProperties","features":["MULTI_DIALOG"]}]}""");
        await consumer.AnswerAsync("i");
        await consumer.DoAsync("cqm.SubscribeExConversations", """{"stage":["OPEN"]}""");
        var talk = new Talk(consumer, agent, await Talk.OpenConversationAsync(consumer));
        var ring = await agent.NotificationAsync(".ams.routing.RoutingTaskNotification", f => State(f) == "WAITING");
        await agent.DoAsync(".ams.routing.UpdateRingState", $$"""{"ringId":"{{(string?)ring.Change!["result"]!["ringsDetails"]![0]!["ringId"]}}","ringState":"ACCEPTED"}""");
        await consumer.NotificationAsync(ListV3, f => f.Text.Contains("ASSIGNED_AGENT"));

        await consumer.DoAsync("cm.UpdateConversationField", Fields(talk, Close(talk.ConversationId)));

        var surveyed = (await consumer.NotificationAsync(ListV3, f => f.Text.Contains("POST_SURVEY"))).Change!["result"]!["conversationDetails"]!;
        var survey = surveyed["dialogs"]![1]!;
        var dialogId = (string)survey["dialogId"]!;
        Assert.Equal(("CLOSE", "OPEN", "CONSUMER", "OPEN"), ((string?)surveyed["state"], (string?)surveyed["stage"], (string?)surveyed["closeReason"], (string?)survey["state"]));
        Assert.Equal((talk.ConversationId, "MAIN", "CLOSE"), ((string?)surveyed["dialogs"]![0]!["dialogId"], (string?)surveyed["dialogs"]![0]!["dialogType"], (string?)surveyed["dialogs"]![0]!["state"]));
        Assert.NotEqual(talk.ConversationId, dialogId);
        Assert.Equal("app-7", (string?)survey["metaData"]!["appInstallId"]);
        Assert.Equal(["CONSUMER", "AGENT", "READER"], survey["participantsDetails"]!.AsArray().Select(p => (string?)p!["role"]));

        await consumer.DoAsync("ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{dialogId}}"}""");
        Assert.Equal("0", await bot.PublishAsync(dialogId, "How was it?"));
        await consumer.NotificationAsync(EventV3, f => (string?)f.Change?["dialogId"] == dialogId && (int)f.Change["sequence"]! == 0);
        Assert.Equal("1", await consumer.PublishAsync(dialogId, "Good"));
        await bot.NotificationAsync(EventV2, f => (string?)f.Body!["dialogId"] == dialogId && (int)f.Body["sequence"]! == 1);
        var chatState = await consumer.RequestAsync("ms.PublishEvent", $$$"""{"dialogId":"{{{dialogId}}}","event":{"type":"ChatStateEvent","chatState":"COMPOSING"}}""");
        Assert.Equal((400, "This dialog takes no chat states"), (chatState.Code, (string?)chatState.Body!["details"]));
        Assert.Equal(2, (await bot.DoAsync(".ams.ms.QueryMessages", $$"""{"dialogId":"{{dialogId}}"}""")).Body!.AsArray().Count);

        await bot.DoAsync(Update, Fields(talk, Close(dialogId)));
        await consumer.NotificationAsync(ListV3, f => (string?)f.Change?["type"] == "DELETE" && (string?)f.Change["result"]!["conversationDetails"]!["stage"] == "CLOSE");
        var ended = await bot.NotificationAsync(ListV2, f => (string?)f.Change?["type"] == "UPSERT" && (string?)f.Change["result"]!["conversationDetails"]!["stage"] == "CLOSE");
        Assert.True((long)ended.Change!["result"]!["conversationDetails"]!["endTs"]! > 0);
    }

    [Fact]
    public async Task A_consultation_of_agents_is_not_shown_to_the_consumer()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        await talk.Consumer.DoAsync("cqm.SubscribeExConversations");
        await talk.Agent.DoAsync(".ams.aam.SubscribeExConversations");

        var created = await talk.Agent.DoAsync(Update, Fields(talk, """{"field":"DialogChange","type":"CREATE","dialog":{"dialogType":"AGENTS","channelType":"MESSAGING"}}"""));
        var dialogId = (string)(await talk.Agent.NotificationAsync(ListV2, f => f.Text.Contains("AGENTS"))).Change!["result"]!["conversationDetails"]!["dialogs"]![1]!["dialogId"]!;
        await talk.Agent.PublishAsync(dialogId, "What do you think?");

        Assert.Equal("OK Add dialog success", (string?)created.Body);
        foreach (var type in (string[])["ms.SubscribeMessagingEvents", "ms.QueryMessages"])
            Assert.Equal(404, (await talk.Consumer.RequestAsync(type, $$"""{"dialogId":"{{dialogId}}"}""")).Code);
        Assert.Equal(403, (await talk.Consumer.RequestAsync("ms.PublishEvent", WireClient.PublishBody(dialogId, "Hello?"))).Code);
        Assert.Equal(404, (await talk.Consumer.RequestAsync("cm.UpdateConversationField", Fields(talk, Close(dialogId)))).Code);
        await talk.Consumer.CatchUpAsync();
        Assert.DoesNotContain(talk.Consumer.Frames, f => f.Text.Contains(dialogId) || f.Text.Contains("AGENTS\""));
    }

    [Fact]
    public async Task Co_browsing_carries_meta_data_and_no_messages()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        await talk.Consumer.DoAsync("cqm.SubscribeExConversations");

        await talk.Agent.DoAsync(Update, Fields(talk, """{"field":"DialogChange","type":"CREATE","dialog":{"dialogId":"cb-1","dialogType":"OTHER","channelType":"COBROWSE","metaData":{"sessionState":"INVITED"}}}"""));
        var second = await talk.Agent.RequestAsync(Update, Fields(talk, """{"field":"DialogChange","type":"CREATE","dialog":{"dialogId":"cb-2","dialogType":"OTHER","channelType":"COBROWSE"}}"""));
        await talk.Consumer.DoAsync("cm.UpdateConversationField", Fields(talk, """{"field":"DialogChange","type":"UPDATE","dialog":{"dialogId":"cb-1","metaData":{"sessionState":"ACCEPTED"}}}"""));

        Assert.Equal(409, second.Code);
        await talk.Consumer.NotificationAsync(ListV3, f => f.Text.Contains("ACCEPTED") && f.Text.Contains("COBROWSE"));
    }

    [Fact]
    public async Task An_agent_opens_a_follow_up_with_a_consumer_who_was_here_and_with_nobody_else()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        await talk.Consumer.DoAsync("cqm.SubscribeExConversations");
        var body = $$$"""{"consumerId":"{{{talk.Consumer.UserId}}}","eventId":"once","conversationContext":{"type":"ProactiveContext","originConversationId":"{{{talk.ConversationId}}}"}}""";

        var opened = await talk.Agent.DoAsync(".ams.cm.AgentRequestConversation", body);
        var again = await talk.Agent.DoAsync("cm.AgentRequestConversation", body);
        var id = (string?)opened.Body!["conversationId"];
        Assert.Equal((".ams.cm.RequestConversation$Response", id), (opened.Type, (string?)again.Body!["conversationId"]));
        var record = (await talk.Consumer.NotificationAsync(ListV3, f => (string?)f.Change?["result"]?["convId"] == id && f.Text.Contains("ASSIGNED_AGENT"))).Change!["result"]!["conversationDetails"]!;
        Assert.Equal((talk.ConversationId, false), ((string?)record["context"]!["originConversationId"], (bool)record["firstConversation"]!));

        Assert.Equal(404, (await talk.Agent.RequestAsync(".ams.cm.AgentRequestConversation", """{"consumerId":"nobody"}""")).Code);
        Assert.Equal(400, (await talk.Agent.RequestAsync(".ams.cm.AgentRequestConversation")).Code);
        Assert.Equal(401, (await talk.Consumer.RequestAsync("cm.AgentRequestConversation", body)).Code);
        await using var foreign = await server.AgentAsync(await server.NewAccountAsync());
        Assert.Equal(404, (await foreign.RequestAsync(".ams.cm.AgentRequestConversation", body)).Code);
        await server.Server.Identity.Accounts.ChangeSettingsAsync(account, new AccountSettings { AgentsOpenConversations = false });
        Assert.Equal(401, (await talk.Agent.RequestAsync(".ams.cm.AgentRequestConversation", body)).Code);
    }

    [Fact]
    public async Task A_list_with_another_filter_says_what_it_gained_and_lost()
    {
        var account = await server.NewAccountAsync();
        await using var manager = await server.AgentAsync(account, AgentRole.Manager);
        await using var first = await server.ConsumerAsync(account);
        await using var second = await server.ConsumerAsync(account);
        var (one, two) = (await Talk.OpenConversationAsync(first), await Talk.OpenConversationAsync(second));
        var id = (string)(await manager.DoAsync(".ams.aam.SubscribeExConversations", $$"""{"consumerId":"{{first.UserId}}"}""")).Body!["subscriptionId"]!;
        await manager.NotificationAsync(ListV2);

        await manager.DoAsync(".ams.aam.UpdateExConversationSubscription", $$"""{"subscriptionId":"{{id}}","consumerId":"{{second.UserId}}"}""");

        var difference = await manager.NotificationAsync(ListV2);
        Assert.Equal([("UPSERT", two), ("DELETE", one)], difference.Body!["changes"]!.AsArray().Select(c => ((string?)c!["type"], (string?)c["result"]!["convId"])));
        foreach (var (consumer, conversation) in new[] { (first, one), (second, two) })
            await consumer.DoAsync("cm.UpdateConversationField", $$$"""{"conversationId":"{{{conversation}}}","conversationField":{"field":"Stage","conversationState":"CLOSE"}}""");
        var closed = await manager.NotificationAsync(ListV2);
        Assert.Equal((two, "CLOSE"), ((string?)closed.Change!["result"]!["convId"], (string?)closed.Change["result"]!["conversationDetails"]!["stage"]));
        Assert.Equal(404, (await manager.RequestAsync(".ams.aam.UpdateExConversationSubscription", """{"subscriptionId":"other"}""")).Code);
        Assert.Equal(400, (await manager.RequestAsync(".ams.aam.UpdateExConversationSubscription")).Code);
    }

    [Fact]
    public async Task A_subscription_to_rings_is_renewed_by_its_id()
    {
        await using var agent = await server.AgentAsync("demo");
        var id = (string)(await agent.DoAsync(".ams.routing.SubscribeRoutingTasks")).Body!["subscriptionId"]!;

        Assert.Equal(200, (await agent.RequestAsync(".ams.routing.UpdateRoutingTaskSubscription", $$"""{"subscriptionId":"{{id}}"}""")).Code);
        Assert.Equal(404, (await agent.RequestAsync(".ams.routing.UpdateRoutingTaskSubscription", """{"subscriptionId":"other"}""")).Code);
        Assert.Equal(400, (await agent.RequestAsync("routing.UpdateRoutingTaskSubscription")).Code);
    }

    [Fact]
    public async Task Silence_after_an_agents_word_closes_and_a_consumer_who_waits_is_not_forgotten()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var own = await MessagingServer.StartAsync(o => o.Limits.IdleSeconds = int.MaxValue, time);
        var account = await own.NewAccountAsync(new AccountSettings { AutoCloseMinutes = 30, SurveyMinutes = int.MaxValue });
        await using var talk = await own.TalkAsync(account);
        await using var waiting = await own.ConsumerAsync(account);
        var waits = await Talk.OpenConversationAsync(waiting);
        await waiting.PublishAsync(waits, "Anybody there?");
        await talk.Agent.PublishAsync(talk.ConversationId, "Anything else?");
        await talk.Consumer.DoAsync("cqm.SubscribeExConversations");

        time.Advance(TimeSpan.FromMinutes(29));
        await talk.Consumer.CatchUpAsync();
        Assert.DoesNotContain(talk.Consumer.Frames, f => f.Text.Contains("TIMEOUT"));
        time.Advance(TimeSpan.FromMinutes(2));

        var closed = (await talk.Consumer.NotificationAsync(ListV3, f => f.Text.Contains("TIMEOUT"))).Change!["result"]!["conversationDetails"]!;
        Assert.Equal(("CLOSE", "TIMEOUT"), ((string?)closed["stage"], (string?)closed["closeReason"]));
        await waiting.PublishAsync(waits, "Still here");
    }

    [Fact]
    public async Task A_colleagues_receipt_names_private_messages_to_agents_alone()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        await talk.Consumer.DoAsync("ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{talk.ConversationId}}"}""");
        await talk.Consumer.PublishAsync(talk.ConversationId, "0");
        await talk.Agent.DoAsync(".ams.ms.PublishEvent", WireClient.PublishBody(talk.ConversationId, "1", ",\"messageAudience\":\"AGENTS_AND_MANAGERS\""));

        await talk.Agent.DoAsync(".ams.ms.PublishEvent", $$$"""{"dialogId":"{{{talk.ConversationId}}}","event":{"type":"AcceptStatusEvent","status":"READ","sequenceList":[0,1]}}""");

        var live = await talk.Consumer.NotificationAsync(EventV3, f => (int?)f.Change?["sequence"] == 2);
        var queried = (await talk.Consumer.DoAsync("ms.QueryMessages", $$"""{"dialogId":"{{talk.ConversationId}}"}""")).Body!.AsArray();
        var agents = await talk.Agent.NotificationAsync(EventV2, f => (int?)f.Body!["sequence"] == 2);
        Assert.Equal("[0]", live.Change!["event"]!["sequenceList"]!.ToJsonString());
        Assert.Equal("[0]", queried[^1]!["event"]!["sequenceList"]!.ToJsonString());
        Assert.Equal("[0,1]", agents.Body!["event"]!["sequenceList"]!.ToJsonString());
        Assert.Equal([0, 2], queried.Select(e => (int)e!["sequence"]!));
    }

    [Theory]
    [InlineData("""{"field":"ParticipantsChange","role":"AGENT"}""", "type must be ADD, REMOVE, UPDATE or SUGGEST")]
    [InlineData("""{"field":"ParticipantsChange","type":"ADD","role":"KING"}""", "role is missing or not known")]
    [InlineData("""{"field":"ParticipantsChange","type":"SUGGEST","role":"ASSIGNED_AGENT"}""", "SUGGEST needs role ASSIGNED_AGENT and userId")]
    [InlineData("""{"field":"ConversationStateField","conversationState":"OPEN"}""", "conversationState must be CLOSE")]
    [InlineData("""{"field":"Stage"}""", "conversationState must be CLOSE")]
    [InlineData("""{"field":"DialogChange"}""", "dialog is missing")]
    [InlineData("""{"field":"DialogChange","dialog":{"state":"HALF"}}""", "dialog.state must be OPEN or CLOSE")]
    [InlineData("""{"field":"DialogChange","type":"SWAP","dialog":{}}""", "type must be CREATE or UPDATE")]
    [InlineData("""{"field":"DialogChange","type":"CREATE","dialog":{"dialogType":"MAIN"}}""", "Only dialogs of type OTHER or AGENTS are created by requests")]
    [InlineData("""{"field":"DialogChange","type":"CREATE","dialog":{"channelType":"COBROWSE"}}""", "dialogId is missing, taken or not allowed")]
    [InlineData("""{"field":"Skill"}""", "skill is missing")]
    [InlineData("""{"field":"TTRField","ttrType":"SOON"}""", "ttrType must be URGENT, NORMAL, PRIORITIZED or CUSTOM")]
    [InlineData("""{"field":"TTRField","ttrType":"URGENT","value":-1}""", "value must be a number of seconds")]
    [InlineData("""{"field":"ManualETTR"}""", "manualETTR must be a time in milliseconds")]
    [InlineData("""{"field":"DelayField","delay":{"type":"NIGHT"}}""", "tillWhen must be a time in milliseconds")]
    [InlineData("""{"field":"DelayField","delay":{"type":"NIGHT","tillWhen":9223372036854775807}}""", "tillWhen must be a time in milliseconds")]
    [InlineData("""{"field":"Note"}""", "note is missing")]
    [InlineData("""{"field":"CampaignInfo","campaignInfo":[]}""", "campaignInfo must be an object")]
    [InlineData("""{"field":"CSATRate","csatRate":6,"status":"FILLED"}""", "csatRate must be 1 to 5")]
    [InlineData("""{"field":"CSATRate","csatRate":5,"status":"DONE"}""", "status must be FILLED, PARTIALLY_FILLED or SKIPPED")]
    [InlineData("""{"field":"StepUpAuthentication"}""", "jwt is missing")]
    [InlineData("""{"field":"StepUpAuthentication","jwt":"x.y.z"}""", "Only an anonymous consumer steps up, with a valid token of a consumer who has signed in")]
    [InlineData("""{"field":"Weather"}""", "conversationField Weather is not supported")]
    public async Task A_field_that_makes_no_sense_is_refused_with_the_reason(string field, string reason)
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());

        var refused = await talk.Agent.RequestAsync(Update, Fields(talk, field));

        Assert.Equal((400, reason), (refused.Code, (string?)refused.Body!["details"]));
    }

    [Fact]
    public async Task A_skill_the_account_does_not_have_is_refused_once_it_has_any()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        await talk.Agent.DoAsync(Update, Fields(talk, """{"field":"Skill","type":"UPDATE","skill":2094550016}"""));
        var agent = await server.Server.Identity.Agents.AddAsync(new NewAgent(account, "skilled", AgentRole.Agent, "none", ["Sales"]));

        Assert.Equal(400, (await talk.Agent.RequestAsync(Update, Fields(talk, """{"field":"Skill","type":"UPDATE","skill":"7"}"""))).Code);
        Assert.Equal(400, (await talk.Consumer.RequestAsync("cm.ConsumerRequestConversation", """{"skillId":"7"}""")).Code);
        await talk.Agent.DoAsync(Update, Fields(talk, $$"""{"field":"Skill","type":"UPDATE","skill":"{{agent.SkillIds[0]}}"}"""));
    }

    private static string Fields(Talk talk, params string[] fields) => $$"""{"conversationId":"{{talk.ConversationId}}","conversationField":[{{string.Join(',', fields)}}]}""";

    private static string Close(string dialogId) => $$$"""{"field":"DialogChange","type":"UPDATE","dialog":{"dialogId":"{{{dialogId}}}","state":"CLOSE","closedCause":"done"}}""";

    private static string? State(WireFrame task) => task.Type != ".ams.routing.RoutingTaskNotification" ? null : (string?)task.Change?["result"]?["ringsDetails"]?[0]?["ringState"];

    private static IEnumerable<(string?, string?)> ParticipantStates(JsonNode details) =>
        details["dialogs"]![0]!["participantsDetails"]!.AsArray().Select(p => ((string?)p!["id"], (string?)p["state"]));
}
