using System.Text.Json.Nodes;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway;

/// <summary>What clients of both generations read out of a conversation.</summary>
public sealed class ConversationTests(MessagingServer server)
{
    private const string ListV2 = ".ams.aam.ExConversationChangeNotification";
    private const string ListV3 = "cqm.ExConversationChangeNotification";
    private const string EventV2 = ".ams.ms.OnlineEventDistribution";
    private const string EventV3 = "ms.MessagingEventNotification";

    [Theory]
    [InlineData("cqm.SubscribeExConversations")]
    [InlineData(".ams.aam.SubscribeExConversations")]
    [ClientRule(6)]
    [ClientRule(18)]
    [CompatibilityRule(4)]
    [CompatibilityRule(28)]
    public async Task A_consumers_list_is_answered_then_sent_at_once_even_when_empty(string type)
    {
        await using var consumer = await server.ConsumerAsync("demo");

        var answer = await consumer.DoAsync(type, """{"convState":["OPEN","CLOSE"]}""");

        var snapshot = await consumer.NotificationAsync(ListV3);
        Assert.Equal((0, "cqm.SubscribeExConversationsResponse", 1), (answer.Index, answer.Type, snapshot.Index));
        Assert.Empty(snapshot.Body!["changes"]!.AsArray());
        Assert.Equal((string?)answer.Body!["subscriptionId"], (string?)snapshot.Body["subscriptionId"]);
    }

    [Fact]
    [ClientRule(8)]
    [CompatibilityRule(2)]
    public async Task A_consumer_that_subscribed_to_nothing_gets_answers_only()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());

        await talk.Agent.PublishAsync(talk.ConversationId, "Hello");
        await talk.Agent.NotificationAsync(EventV2);
        await talk.Consumer.PublishAsync(talk.ConversationId, "Hi");
        await talk.Agent.NotificationAsync(EventV2, f => (int?)f.Body!["sequence"] == 1);
        await talk.Agent.DoAsync(".ams.ms.PublishEvent", ChatState(talk));
        await talk.Agent.DoAsync(".ams.cm.UpdateConversationField", Close(talk));
        await talk.Consumer.CatchUpAsync();

        Assert.All(talk.Consumer.Frames, f => Assert.Equal("resp", f.Kind));
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("[{0}]")]
    [ClientRule(5)]
    [CompatibilityRule(16)]
    public async Task A_conversation_field_may_be_an_object_or_a_list(string form)
    {
        await using var consumer = await server.ConsumerAsync("demo");
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        var field = string.Format(form, """{"field":"ConversationStateField","conversationState":"CLOSE"}""");

        var mine = await Talk.OpenConversationAsync(consumer);
        var byConsumer = await consumer.DoAsync("cm.UpdateConversationField", $$"""{"conversationId":"{{mine}}","conversationField":{{field}}}""");
        var byAgent = await talk.Agent.DoAsync(".ams.cm.UpdateConversationField", $$"""{"conversationId":"{{talk.ConversationId}}","conversationField":{{field}}}""");

        Assert.Equal(("OK Conversation resolved successfully", 200), ((string?)byConsumer.Body, byAgent.Code));
    }

    [Fact]
    [ClientRule(9)]
    [ClientRule(14)]
    [ClientRule(15)]
    [ClientRule(16)]
    [Checklist(12)]
    [CompatibilityRule(8)]
    [CompatibilityRule(12)]
    [CompatibilityRule(26)]
    [CompatibilityRule(29)]
    public async Task An_agents_list_has_the_old_shape_from_the_first_upsert_to_the_delete()
    {
        var account = await server.NewAccountAsync();
        await using var consumer = await server.ConsumerAsync(account);
        await using var agent = await server.AgentAsync(account);
        var open = (string)(await agent.DoAsync(".ams.aam.SubscribeExConversations", """{"convState":["OPEN"]}""")).Body!["subscriptionId"]!;
        var all = (string)(await agent.DoAsync(".ams.aam.SubscribeExConversations", """{"convState":["OPEN","CLOSE"]}""")).Body!["subscriptionId"]!;
        var stage = (string)(await agent.DoAsync(".ams.aam.SubscribeExConversations", """{"stage":["OPEN"]}""")).Body!["subscriptionId"]!;
        await agent.DoAsync(".ams.routing.SubscribeRoutingTasks");
        await agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"ONLINE"}""");
        var talk = new Talk(consumer, agent, await Talk.OpenConversationAsync(consumer));
        await AcceptAsync(talk);
        await consumer.PublishAsync(talk.ConversationId, "Hello");
        await agent.NotificationAsync(EventV2);
        await consumer.DoAsync("cm.UpdateConversationField", Close(talk));

        foreach (var subscription in (string[])[open, all, stage])
        {
            var last = await agent.NotificationAsync(ListV2, f => IsOf(f, subscription) && (string?)f.Change?["result"]?["conversationDetails"]?["state"] == "CLOSE");
            Assert.Equal(subscription == all ? "UPSERT" : "DELETE", (string?)last.Change!["type"]);
            Assert.Equal("CLOSE", (string?)last.Change!["result"]!["conversationDetails"]!["stage"]);
        }

        var changes = agent.Frames.Where(f => f.Type == ListV2 && f.Change is not null).ToList();
        Assert.All(changes, f => AssertOldShape(f.Change!["result"]!, talk));
        Assert.True(changes.First(f => IsOf(f, open)).Index < agent.Frames.First(f => f.Type == EventV2).Index, "The UPSERT precedes the first event");
        await agent.CatchUpAsync();
        Assert.True(agent.Frames.Last(f => f.Type == EventV2).Index < changes.First(f => (string?)f.Change!["type"] == "DELETE").Index, "No event follows the DELETE");
    }

    [Fact]
    [ClientRule(10)]
    [ClientRule(14)]
    [ClientRule(16)]
    [CompatibilityRule(12)]
    [CompatibilityRule(26)]
    [CompatibilityRule(28)]
    public async Task A_consumers_list_has_the_new_shape()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        var open = (string)(await talk.Consumer.DoAsync("cqm.SubscribeExConversations", """{"convState":["OPEN"]}""")).Body!["subscriptionId"]!;
        var both = (string)(await talk.Consumer.DoAsync("cqm.SubscribeExConversations", """{"convState":["OPEN","CLOSE"]}""")).Body!["subscriptionId"]!;

        var record = (await talk.Consumer.NotificationAsync(ListV3, f => IsOf(f, open))).Change!["result"]!;
        await talk.Agent.DoAsync(".ams.cm.UpdateConversationField", Close(talk));

        var details = record["conversationDetails"]!;
        Assert.Equal(talk.ConversationId, (string?)record["convId"]);
        Assert.True((long)record["effectiveTTR"]! >= -1);
        Assert.Equal([(talk.Consumer.UserId, "CONSUMER"), (talk.Agent.UserId, "ASSIGNED_AGENT")], details["participants"]!.AsArray().Select(p => ((string)p!["id"]!, (string)p["role"]!)));
        Assert.Equal(("OPEN", "OPEN", "-1"), ((string?)details["stage"], (string?)details["state"], (string?)details["skillId"]));
        Assert.NotNull(details["ttr"]!["ttrType"]);
        var dialog = details["dialogs"]!.AsArray().Single()!;
        Assert.Equal((talk.ConversationId, "MAIN", "OPEN", "MESSAGING"), ((string?)dialog["dialogId"], (string?)dialog["dialogType"], (string?)dialog["state"], (string?)dialog["channelType"]));
        var deleted = await talk.Consumer.NotificationAsync(ListV3, f => IsOf(f, open));
        var closed = await talk.Consumer.NotificationAsync(ListV3, f => IsOf(f, both) && (string?)f.Change!["result"]!["conversationDetails"]!["stage"] == "CLOSE");
        Assert.Equal(("DELETE", "UPSERT"), ((string?)deleted.Change!["type"], (string?)closed.Change!["type"]));
        Assert.Equal("CLOSE", (string?)deleted.Change["result"]!["conversationDetails"]!["dialogs"]![0]!["state"]);
    }

    [Fact]
    [ClientRule(11)]
    [CompatibilityRule(7)]
    public async Task An_agent_gets_events_in_the_old_shape_his_own_too()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());

        await talk.Consumer.PublishAsync(talk.ConversationId, "Hello");
        await talk.Agent.DoAsync(".ams.ms.PublishEvent", WireClient.PublishBody(talk.ConversationId, "Hi", ",\"eventId\":\"e1\""));

        var theirs = (await talk.Agent.NotificationAsync(EventV2, f => (int?)f.Body!["sequence"] == 0)).Body!;
        var own = (await talk.Agent.NotificationAsync(EventV2, f => (int?)f.Body!["sequence"] == 1)).Body!;
        Assert.Equal((talk.Consumer.UserId, talk.Consumer.UserId, "CONSUMER"), Originator(theirs));
        Assert.Equal((talk.Agent.OldId, talk.Agent.UserId, "ASSIGNED_AGENT"), Originator(own));
        Assert.Equal((talk.ConversationId, "Hi", "e1"), ((string?)own["dialogId"], (string?)own["event"]!["message"], (string?)own["eventId"]));
        Assert.True((long)own["serverTimestamp"]! > (long)theirs["serverTimestamp"]!);
        Assert.Equal(talk.Agent.UserId, (string?)own["originatorMetadata"]!["id"]);

        static (string?, string?, string?) Originator(JsonNode e) =>
            ((string?)e["originatorId"], (string?)e["originatorPId"], (string?)e["originatorMetadata"]!["role"]);
    }

    [Fact]
    [ClientRule(12)]
    [ClientRule(13)]
    [Checklist(7)]
    [CompatibilityRule(6)]
    public async Task A_consumer_gets_one_event_per_notification_live_and_replayed()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        for (var i = 0; i < 3; i++) await talk.Consumer.PublishAsync(talk.ConversationId, $"stored {i}");

        await talk.Consumer.SendAsync(
            $$$"""{"id":"s","type":"ms.SubscribeMessagingEvents","body":{"fromSeq":1,"dialogId":"{{{talk.ConversationId}}}"}}""");
        await talk.Consumer.NotificationAsync(EventV3, f => (int?)f.Change!["sequence"] == 2);
        await talk.Agent.SendAsync($$$"""{"id":"p","type":".ams.ms.PublishEvent","metadata":[{"type":"ExternalId","id":"x"}],"body":{{{WireClient.PublishBody(talk.ConversationId, "live")}}}}""");
        await talk.Consumer.NotificationAsync(EventV3, f => (int?)f.Change!["sequence"] == 3);

        var subscribed = await talk.Consumer.AnswerAsync("s");
        Assert.Equal((".ams.GenericSubscribeResponse", "{}"), (subscribed.Type, subscribed.Body!.ToJsonString()));
        var events = talk.Consumer.Frames.Where(f => f.Type == EventV3).ToList();
        Assert.True(subscribed.Index < events[0].Index, "The answer precedes the first event");
        Assert.Equal([1, 2, 3], events.Select(f => (int)f.Body!["changes"]!.AsArray().Single()!["sequence"]!));
        foreach (var change in events.Select(f => f.Change!))
        {
            Assert.Equal(("ALL", talk.ConversationId, talk.ConversationId), ((string?)change["messageAudience"], (string?)change["dialogId"], (string?)change["conversationId"]));
            Assert.Equal((string?)change["originatorId"], (string?)change["originatorMetadata"]!["id"]);
            Assert.True((long)change["serverTimestamp"]! > 0);
        }

        Assert.Equal((talk.Consumer.UserId, "CONSUMER"), ((string?)events[0].Change!["originatorId"], (string?)events[0].Change!["originatorMetadata"]!["role"]));
        Assert.Equal((talk.Agent.UserId, "ASSIGNED_AGENT"), ((string?)events[2].Change!["originatorId"], (string?)events[2].Change!["originatorMetadata"]!["role"]));
        Assert.Equal("x", (string?)events[2].Change!["metadata"]![0]!["id"]);
    }

    [Fact]
    [ClientRule(13)]
    [Checklist(8)]
    public async Task A_replay_without_events_ends_with_one_empty_notification_unless_the_account_says_otherwise()
    {
        var silent = await server.NewAccountAsync(new AccountSettings { NotifyEmptyReplay = false });
        foreach (var account in (string[])["demo", silent])
        {
            await using var consumer = await server.ConsumerAsync(account);
            var dialog = await Talk.OpenConversationAsync(consumer);
            var answer = await consumer.DoAsync("ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{dialog}}"}""");
            await consumer.PublishAsync(dialog, "first");
            await consumer.NotificationAsync(EventV3, f => (int?)f.Change?["sequence"] == 0);
            Assert.Equal(account == silent ? [] : [answer.Index + 1], consumer.Frames.Where(f => f.Type == EventV3 && f.Change is null).Select(f => f.Index));
        }
    }

    [Fact]
    [ClientRule(17)]
    [ClientRule(18)]
    public async Task Both_families_of_names_are_understood_and_the_type_of_the_answer_follows_the_connection()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        (string Old, string New, string Body, string OldAnswer, string NewAnswer)[] table =
        [
            (".GetClock", "GetClock", "{}", ".GetClock$Response", "GetClockResponse"),
            ("KeepAlive", "KeepAlive", "{}", ".ReqBody$StringResp", ".ReqBody$StringResp"),
            (".ams.ms.PublishEvent", "ms.PublishEvent", WireClient.PublishBody(talk.ConversationId, "Hello"), ".ams.ms.PublishEvent$Response", "ms.PublishEventResponse"),
            (".ams.ms.SubscribeMessagingEvents", "ms.SubscribeMessagingEvents", Dialog(talk), ".ams.GenericSubscribe$Response", ".ams.GenericSubscribeResponse"),
            (".ams.ms.QueryMessages", "ms.QueryMessages", Dialog(talk), ".ams.ms.QueryMessages$Response", ".ams.ms.QueryMessages$Response"),
            (".ams.aam.SubscribeExConversations", "cqm.SubscribeExConversations", "{}", ".ams.aam.SubscribeExConversations$Response", "cqm.SubscribeExConversationsResponse"),
            (".ams.userprofile.GetUserProfile", "userprofile.GetUserProfile", "{}", ".ams.userprofile.GetUserProfile$Response", "userprofile.GetUserProfileResponse"),
            (".ams.userprofile.GetUserProfile", "up.GetUserProfile", "{}", ".ams.userprofile.GetUserProfile$Response", "userprofile.GetUserProfileResponse"),
            (".ams.cm.UpdateConversationField", "cm.UpdateConversationField", Close(talk, "e"), ".ReqBody$StringResp", ".ReqBody$StringResp"),
        ];

        foreach (var row in table)
        {
            foreach (var name in (string[])[row.Old, row.New])
            {
                if (!name.Contains("Update")) Assert.Equal((name, row.NewAnswer), (name, (await talk.Consumer.DoAsync(name, row.Body)).Type));
                Assert.Equal((name, row.OldAnswer), (name, (await talk.Agent.DoAsync(name, row.Body)).Type));
            }
        }

        foreach (var name in (string[])["cm.ConsumerRequestConversation", ".ams.cm.ConsumerRequestConversation"])
            Assert.Equal("cm.RequestConversationResponse", (await talk.Consumer.DoAsync(name)).Type);
        foreach (var name in (string[])["routing.SetAgentState", ".ams.routing.SetAgentState"])
            Assert.Equal((202, ".ReqBody$StringResp"), await CodeAndTypeAsync(talk.Agent, name, """{"availability":"AWAY"}"""));
        foreach (var name in (string[])["routing.SubscribeRoutingTasks", ".ams.routing.SubscribeRoutingTasks", "routing.SubscribeAgentsState", ".ams.routing.SubscribeAgentsState"])
            Assert.Equal((200, ".ams.GenericSubscribe$Response"), await CodeAndTypeAsync(talk.Agent, name, "{}"));
    }

    [Fact]
    [ClientRule(17)]
    public async Task Errors_never_carry_the_type_of_a_success()
    {
        await using var agent = await server.AgentAsync("demo");

        foreach (var (type, body) in ((string, string)[])[(".ams.ms.QueryMessages", """{"dialogId":"nowhere"}"""), (".ams.ms.QueryMessages", "{}"), (".ams.ms.PublishEvent", "{}"), (".ams.cm.UpdateConversationField", "{}")])
        {
            var answer = await agent.RequestAsync(type, body);
            Assert.True(answer.Code > 399);
            Assert.Equal(".ReqBody$ErrorResp", answer.Type);
            Assert.Equal(answer.Code * 100, (int)answer.Body!["errorCode"]!);
        }
    }

    [Fact]
    [ClientRule(17)]
    [CompatibilityRule(12)]
    public async Task A_query_is_answered_with_an_array_even_of_nothing()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());

        var none = await talk.Agent.DoAsync(".ams.ms.QueryMessages", Dialog(talk));
        for (var i = 0; i < 3; i++) await talk.Consumer.PublishAsync(talk.ConversationId, $"{i}");
        var newer = await talk.Agent.DoAsync(".ams.ms.QueryMessages", $$"""{"dialogId":"{{talk.ConversationId}}","newerThanSequence":0}""");
        var newest = await talk.Agent.DoAsync(".ams.ms.QueryMessages", $$"""{"dialogId":"{{talk.ConversationId}}","newerThanSequence":"1","maxQuantity":5}""");

        Assert.Equal("[]", none.Body!.ToJsonString());
        Assert.Equal([0, 1, 2], newer.Body!.AsArray().Select(e => (int)e!["sequence"]!));
        var only = newest.Body!.AsArray().Single()!;
        Assert.Equal((2, talk.ConversationId, talk.Consumer.UserId, talk.Consumer.UserId), ((int)only["sequence"]!, (string?)only["dialogId"], (string?)only["originatorId"], (string?)only["originatorPId"]));
    }

    [Theory]
    [InlineData("2094550016")]
    [InlineData("\"2094550016\"")]
    [ClientRule(19)]
    [CompatibilityRule(16)]
    public async Task A_skill_may_be_a_number_or_text(string skill)
    {
        await using var consumer = await server.ConsumerAsync("demo");
        await Talk.OpenConversationAsync(consumer, $$"""{"skillId":{{skill}}}""");

        await consumer.DoAsync("cqm.SubscribeExConversations");

        Assert.Equal("2094550016", (string?)(await consumer.NotificationAsync(ListV3)).Change!["result"]!["conversationDetails"]!["skillId"]);
    }

    [Fact]
    public async Task A_consumer_may_not_ask_what_only_agents_may()
    {
        await using var consumer = await server.ConsumerAsync("demo");

        foreach (var type in (string[])["routing.SetAgentState", ".ams.routing.SubscribeRoutingTasks", "routing.SubscribeAgentsState", "routing.UpdateRingState"])
            Assert.Equal((type, 401), (type, (await consumer.RequestAsync(type)).Code));
    }

    [Fact]
    [Checklist(11)]
    public async Task A_private_event_is_hidden_from_the_consumer_and_its_number_is_skipped()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        await talk.Consumer.DoAsync("ms.SubscribeMessagingEvents", Dialog(talk));

        await talk.Agent.DoAsync(".ams.ms.PublishEvent", WireClient.PublishBody(talk.ConversationId, "psst", ",\"messageAudience\":\"AGENTS_AND_MANAGERS\""));
        await talk.Agent.DoAsync(".ams.ms.PublishEvent", WireClient.PublishBody(talk.ConversationId, "aloud"));

        await talk.Consumer.NotificationAsync(EventV3, f => (int?)f.Change?["sequence"] == 1);
        Assert.Equal("AGENTS_AND_MANAGERS", (string?)(await talk.Agent.NotificationAsync(EventV2, f => (int?)f.Body!["sequence"] == 0)).Body!["messageAudience"]);
        Assert.DoesNotContain("psst", string.Join('\n', talk.Consumer.Frames));
        Assert.DoesNotContain("psst", (await talk.Consumer.DoAsync("ms.QueryMessages", Dialog(talk))).Text);
        Assert.Contains("psst", (await talk.Agent.DoAsync("ms.QueryMessages", Dialog(talk))).Text);
    }

    [Fact]
    [Checklist(9)]
    public async Task A_chat_state_goes_to_the_other_side_without_a_number()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        await talk.Consumer.DoAsync("ms.SubscribeMessagingEvents", Dialog(talk));
        await talk.Consumer.NotificationAsync(EventV3); // the end of the replay: what is not stored is for those who are live

        var answer = await talk.Agent.DoAsync(".ams.ms.PublishEvent", ChatState(talk));

        var change = (await talk.Consumer.NotificationAsync(EventV3, f => f.Change is not null)).Change!;
        Assert.Equal(0, (int)answer.Body!["sequence"]!);
        Assert.Equal(("COMPOSING", null, null), ((string?)change["event"]!["chatState"], change["sequence"], change["serverTimestamp"]));
        await talk.Agent.CatchUpAsync();
        Assert.DoesNotContain(talk.Agent.Frames, f => f.Type == EventV2);
        await talk.Consumer.DoAsync("ms.SubscribeMessagingEvents", Dialog(talk));
        await talk.Consumer.NotificationAsync(EventV3, f => f.Change is null);
        Assert.Single(talk.Consumer.Frames, f => f.Type == EventV3 && f.Change is not null);
        Assert.Equal("[]", (await talk.Agent.DoAsync(".ams.ms.QueryMessages", Dialog(talk))).Body!.ToJsonString());
    }

    [Fact]
    public async Task Nobody_sees_or_touches_what_is_not_his()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        await using var foreigner = await server.ConsumerAsync(await server.NewAccountAsync());
        await using var neighbour = await server.ConsumerAsync(account);
        await using var colleague = await server.AgentAsync(account);
        var publish = WireClient.PublishBody(talk.ConversationId, "mine?");

        foreach (var (client, code, closing) in ((WireClient, int, int)[])[(foreigner, 404, 404), (neighbour, 404, 404), (colleague, 403, 400)])
        {
            Assert.Equal(code, (await client.RequestAsync("ms.SubscribeMessagingEvents", Dialog(talk))).Code);
            Assert.Equal(code, (await client.RequestAsync("ms.QueryMessages", Dialog(talk))).Code);
            Assert.True((await client.RequestAsync("ms.PublishEvent", publish)).Code is 403 or 404);
            Assert.Equal(closing, (await client.RequestAsync("cm.UpdateConversationField", Close(talk))).Code);
        }
    }

    private static string Dialog(Talk talk) => $$"""{"dialogId":"{{talk.ConversationId}}"}""";

    private static string ChatState(Talk talk) => $$$"""{"dialogId":"{{{talk.ConversationId}}}","event":{"type":"ChatStateEvent","chatState":"COMPOSING"}}""";

    private static string Close(Talk talk, string? eventId = null) =>
        $$"""{"conversationId":"{{talk.ConversationId}}"{{(eventId is null ? "" : $",\"eventId\":\"{eventId}\"")}},"conversationField":[{"field":"ConversationStateField","conversationState":"CLOSE"}]}""";

    private static bool IsOf(WireFrame frame, string subscriptionId) => (string?)frame.Body!["subscriptionId"] == subscriptionId;

    private static async Task<(int, string?)> CodeAndTypeAsync(WireClient client, string type, string body)
    {
        var answer = await client.RequestAsync(type, body);
        return (answer.Code, answer.Type);
    }

    private static async Task AcceptAsync(Talk talk)
    {
        var ring = await talk.Agent.NotificationAsync(".ams.routing.RoutingTaskNotification", f => f.Change is not null);
        await talk.Agent.DoAsync(".ams.routing.UpdateRingState", $$"""{"ringId":"{{ring.Change!["result"]!["ringsDetails"]![0]!["ringId"]}}","ringState":"ACCEPTED"}""");
    }

    private static void AssertOldShape(JsonNode record, Talk talk)
    {
        var details = record["conversationDetails"]!;
        Assert.True((long)record["effectiveTTR"]! >= -1);
        Assert.Equal($$"""{"CONSUMER":["{{talk.Consumer.UserId}}"],"ASSIGNED_AGENT":["{{talk.Agent.OldId}}"]}""", details["participants"]!.ToJsonString());
        Assert.Equal($$"""{"CONSUMER":["{{talk.Consumer.UserId}}"],"ASSIGNED_AGENT":["{{talk.Agent.UserId}}"]}""", details["participantsPId"]!.ToJsonString());
        var dialog = details["dialogs"]!.AsArray().Single()!;
        Assert.Equal((talk.ConversationId, talk.ConversationId, "MAIN", "MESSAGING"), ((string?)record["convId"], (string?)dialog["dialogId"], (string?)dialog["dialogType"], (string?)dialog["channelType"]));
        Assert.Equal(
            [(talk.Consumer.UserId, "CONSUMER", "ACTIVE"), (talk.Agent.OldId, "ASSIGNED_AGENT", "ACTIVE")],
            dialog["participantsDetails"]!.AsArray().Select(p => ((string)p!["id"]!, (string)p["role"]!, (string)p["state"]!)));
    }
}
