using System.Text.Json.Nodes;
using Parley.Protocol;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway;

/// <summary>Well-formed requests that are refused: every reason that a request can meet, under each of its names, with its code and its words.</summary>
public sealed class RefusalTests(MessagingServer server)
{
    private const string Ttr = """{"field":"TTRField","ttrType":"URGENT","value":60}""";
    private const string Close = """{"field":"ConversationStateField","conversationState":"CLOSE"}""";

    private sealed record Refused(WireClient Client, Verb Verb, string Body, int Code, string Details);

    [Fact]
    public async Task Who_may_not_say_it_in_an_open_conversation_is_told_why()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        await using var other = await server.ConsumerAsync(account);
        await using var colleague = await server.AgentAsync(account);
        await using var reader = await server.AgentAsync(account, AgentRole.Manager);
        var id = talk.ConversationId;
        await reader.DoAsync("cm.UpdateConversationField", Fields(id, """{"field":"ParticipantsChange","type":"ADD","role":"READER"}"""));

        await RefuseAsync(
            new(talk.Agent, Verb.UpdateConversationField, Fields("gone", Ttr), 404, "Conversation not found"),
            new(other, Verb.UpdateConversationField, Fields(id, Ttr), 404, "Conversation not found"),
            new(talk.Agent, Verb.PublishEvent, WireClient.PublishBody("gone", "Hello"), 404, "Conversation not found"),
            new(talk.Agent, Verb.PublishEvent, Typing("gone"), 404, "Conversation not found"),
            new(talk.Agent, Verb.PublishEvent, WireClient.PublishBody($"{id}.9", "Hello"), 404, "Dialog not found"),
            new(talk.Agent, Verb.PublishEvent, Typing($"{id}.9"), 404, "Dialog not found"),
            new(talk.Agent, Verb.SubscribeMessagingEvents, $$"""{"dialogId":"{{id}}.9"}""", 404, "Dialog not found"),
            new(other, Verb.SubscribeMessagingEvents, $$"""{"dialogId":"{{id}}"}""", 404, "Dialog not found"),
            new(other, Verb.QueryMessages, $$"""{"dialogId":"{{id}}"}""", 404, "Dialog not found"),
            new(colleague, Verb.QueryMessages, $$"""{"dialogId":"{{id}}"}""", 403, "Not a participant of this dialog"),
            new(colleague, Verb.PublishEvent, Typing(id), 403, "Not a participant of this dialog"),
            new(other, Verb.PublishEvent, WireClient.PublishBody(id, "Hello"), 403, "Not a participant of this dialog"),
            new(reader, Verb.PublishEvent, WireClient.PublishBody(id, "Hello"), 403, "A reader may only publish receipts"),
            new(reader, Verb.PublishEvent, Typing(id), 403, "A reader may only publish receipts"),
            new(reader, Verb.UpdateConversationField, Fields(id, Ttr), 403, "A reader may not change the conversation"),
            new(talk.Consumer, Verb.PublishEvent, WireClient.PublishBody(id, "psst", ",\"messageAudience\":\"AGENTS_AND_MANAGERS\""), 403, "A consumer cannot publish private events"),
            new(talk.Consumer, Verb.UpdateConversationField, Fields(id, """{"field":"Note","note":"mine"}"""), 403, "Only an agent may change this"),
            new(talk.Consumer, Verb.UpdateConversationField, Fields(id, """{"field":"DialogChange","type":"CREATE","dialog":{"dialogType":"AGENTS"}}"""), 403, "Only an agent may change this"),
            new(talk.Agent, Verb.UpdateConversationField, Fields(id, """{"field":"CSATRate","csatRate":5}"""), 403, "Only the consumer may change this"),
            new(colleague, Verb.UpdateConversationField, Fields(id, Ttr), 400, "Agent does not exist in conversation"));
    }

    [Fact]
    public async Task Who_may_not_come_or_bring_somebody_is_told_why()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        await using var colleague = await server.AgentAsync(account);
        await using var manager = await server.AgentAsync(account, AgentRole.Manager);
        var id = talk.ConversationId;
        string Change(string type, string role, string members = "") => Fields(id, $$"""{"field":"ParticipantsChange","type":"{{type}}","role":"{{role}}"{{members}}}""");
        string Of(WireClient agent) => $",\"userId\":\"{agent.UserId}\"";

        await RefuseAsync(
            new(talk.Consumer, Verb.UpdateConversationField, Change("ADD", "AGENT", Of(colleague)), 403, "Only an agent may change this"),
            new(colleague, Verb.UpdateConversationField, Change("ADD", "AGENT"), 403, "Only a manager may do this"),
            new(colleague, Verb.UpdateConversationField, Change("REMOVE", "ASSIGNED_AGENT"), 400, "Agent does not exist in conversation"),
            new(talk.Agent, Verb.UpdateConversationField, Change("ADD", "MANAGER"), 403, "Only a manager may do this"),
            new(talk.Agent, Verb.UpdateConversationField, Change("ADD", "AGENT", Of(colleague)), 403, "Only a manager may do this"),
            new(manager, Verb.UpdateConversationField, Change("ADD", "CONSUMER"), 400, "This role is not given or taken by requests"),
            new(manager, Verb.UpdateConversationField, Change("ADD", "CONTROLLER"), 400, "This role is not given or taken by requests"),
            new(manager, Verb.UpdateConversationField, Change("ADD", "ASSIGNED_AGENT"), 409, "Conversation has an agent"),
            new(manager, Verb.UpdateConversationField, Change("SUGGEST", "ASSIGNED_AGENT", Of(talk.Agent)), 409, "The agent takes part already"),
            new(manager, Verb.UpdateConversationField, Change("SUGGEST", "AGENT", Of(colleague)), 400, "SUGGEST needs role ASSIGNED_AGENT and userId"),
            new(manager, Verb.UpdateConversationField, Change("UPDATE", "AGENT", Of(colleague)), 400, "Agent does not exist in conversation"),
            new(manager, Verb.UpdateConversationField, Change("REMOVE", "MANAGER", Of(talk.Agent)), 400, "Agent does not exist in conversation"),
            new(manager, Verb.UpdateConversationField, Change("ADD", "AGENT", ",\"dialogId\":\"gone\""), 404, "Dialog not found"),
            new(manager, Verb.UpdateConversationField, Change("ADD", "AGENT", ",\"userId\":\"nobody\""), 400, "userId is not an agent of this account"));
    }

    [Fact]
    public async Task A_dialog_that_cannot_be_made_or_changed_is_refused_with_the_reason()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        var id = talk.ConversationId;
        await talk.Agent.DoAsync("cm.UpdateConversationField", Dialog(id, "CREATE", """{"dialogId":"call","dialogType":"OTHER","channelType":"CALL"}"""));
        await talk.Agent.DoAsync("cm.UpdateConversationField", Dialog(id, "UPDATE", """{"dialogId":"call","state":"CLOSE"}"""));
        await talk.Agent.DoAsync("cm.UpdateConversationField", Dialog(id, "CREATE", """{"dialogId":"cb","dialogType":"OTHER","channelType":"COBROWSE"}"""));

        foreach (var client in new[] { talk.Consumer, talk.Agent })
        {
            await RefuseAsync(
                new(client, Verb.UpdateConversationField, Dialog(id, "CREATE", """{"dialogId":"cb-2","dialogType":"OTHER","channelType":"COBROWSE"}"""), 409, "A dialog of this channel is open"),
                new(client, Verb.UpdateConversationField, Dialog(id, "CREATE", """{"dialogId":"cb","dialogType":"OTHER","channelType":"CALL"}"""), 400, "dialogId is missing, taken or not allowed"),
                new(client, Verb.UpdateConversationField, Dialog(id, "CREATE", $$"""{"dialogId":"{{id}}.1","dialogType":"OTHER"}"""), 400, "dialogId is missing, taken or not allowed"),
                new(client, Verb.UpdateConversationField, Dialog(id, "CREATE", """{"dialogId":"s","dialogType":"POST_SURVEY"}"""), 400, "Only dialogs of type OTHER or AGENTS are created by requests"),
                new(client, Verb.UpdateConversationField, Dialog(id, "UPDATE", """{"dialogId":"call","state":"CLOSE"}"""), 400, "Dialog is closed"),
                new(client, Verb.UpdateConversationField, Dialog(id, "UPDATE", """{"dialogId":"call","metaData":{}}"""), 400, "Dialog is closed"),
                new(client, Verb.UpdateConversationField, Dialog(id, "UPDATE", """{"dialogId":"gone","state":"CLOSE"}"""), 404, "Dialog not found"),
                new(client, Verb.UpdateConversationField, Dialog(id, "UPDATE", """{"dialogId":"gone"}"""), 404, "Dialog not found"),
                new(client, Verb.UpdateConversationField, Dialog(id, "CREATE", $$"""{"channelType":"{{new string('x', 65)}}"}"""), 400, "channelType is longer than 64 characters"),
                new(client, Verb.UpdateConversationField, Dialog(id, "UPDATE", $$"""{"metaData":{"x":"{{new string('x', 65_536)}}"} }"""), 400, "metaData is longer than the limit"));
        }
    }

    [Fact]
    public async Task An_event_id_used_again_for_something_else_is_refused()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        var id = talk.ConversationId;
        await talk.Consumer.PublishAsync(id, "first", ",\"eventId\":\"once\"");
        await talk.Consumer.DoAsync("cm.ConsumerRequestConversation", """{"eventId":"once"}""");
        await talk.Agent.DoAsync("cm.AgentRequestConversation", $$"""{"eventId":"once","consumerId":"{{talk.Consumer.UserId}}"}""");
        await talk.Agent.DoAsync("cm.UpdateConversationField", $$"""{"eventId":"once","conversationId":"{{id}}","conversationField":{{Ttr}}}""");

        const string Reason = "eventId was used with another body";
        await RefuseAsync(
            new(talk.Consumer, Verb.PublishEvent, WireClient.PublishBody(id, "second", ",\"eventId\":\"once\""), 409, Reason),
            new(talk.Consumer, Verb.ConsumerRequestConversation, """{"eventId":"once","ttrDefName":"URGENT"}""", 409, Reason),
            new(talk.Agent, Verb.AgentRequestConversation, $$"""{"eventId":"once","channelType":"SMS","consumerId":"{{talk.Consumer.UserId}}"}""", 409, Reason),
            new(talk.Agent, Verb.UpdateConversationField, $$"""{"eventId":"once","conversationId":"{{id}}","conversationField":{{Close}}}""", 409, Reason));
    }

    [Fact]
    public async Task A_conversation_that_has_ended_takes_nothing_more()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        var id = talk.ConversationId;
        var ring = (string)talk.Agent.Frames.First(f => f.Type == ".ams.routing.RoutingTaskNotification" && f.Change is not null).Change!["result"]!["ringsDetails"]![0]!["ringId"]!;
        await talk.Consumer.DoAsync("cm.UpdateConversationField", Fields(id, Close));

        foreach (var client in new[] { talk.Consumer, talk.Agent })
        {
            await RefuseAsync(
                new(client, Verb.PublishEvent, WireClient.PublishBody(id, "Hello?"), 400, "Dialog is closed"),
                new(client, Verb.PublishEvent, Typing(id), 400, "Dialog is closed"),
                new(client, Verb.UpdateConversationField, Fields(id, Ttr), 400, "Conversation is closed"),
                new(client, Verb.UpdateConversationField, Fields(id, Close), 400, "Conversation is closed"));
        }

        await RefuseAsync(new Refused(talk.Agent, Verb.UpdateRingState, Ring(ring, "ACCEPTED"), 409, "Ring is not waiting any more"));
    }

    [Fact]
    public async Task A_ring_is_answered_once_and_by_who_was_rung()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        await using var colleague = await server.AgentAsync(account);
        var ring = (string)talk.Agent.Frames.First(f => f.Type == ".ams.routing.RoutingTaskNotification" && f.Change is not null).Change!["result"]!["ringsDetails"]![0]!["ringId"]!;

        await RefuseAsync(
            new(talk.Agent, Verb.UpdateRingState, Ring(ring, "ACCEPTED"), 409, "Ring is not waiting any more"),
            new(talk.Agent, Verb.UpdateRingState, Ring(ring, "REJECTED"), 409, "Ring is not waiting any more"),
            new(talk.Agent, Verb.UpdateRingState, Ring($"{talk.ConversationId}_none", "ACCEPTED"), 404, "Ring not found"),
            new(talk.Agent, Verb.UpdateRingState, Ring("gone_1", "ACCEPTED"), 404, "Conversation not found"),
            new(colleague, Verb.UpdateRingState, Ring(ring, "ACCEPTED"), 404, "Ring not found"));
    }

    [Fact]
    public async Task A_conversation_that_cannot_be_opened_is_refused_with_the_reason()
    {
        var account = await server.NewAccountAsync();
        await server.Server.Identity.Agents.AddAsync(new NewAgent(account, "skilled", AgentRole.Agent, "none", ["Sales"]));
        await using var consumer = await server.ConsumerAsync(account);
        await using var agent = await server.AgentAsync(account);
        await Talk.OpenConversationAsync(consumer);
        var verbs = new[] { (consumer, Verb.ConsumerRequestConversation), (agent, Verb.AgentRequestConversation) };

        foreach (var (client, verb) in verbs)
        {
            string Opening(string member) => $$"""{"consumerId":"{{consumer.UserId}}",{{member}}}""";
            await RefuseAsync(
                new(client, verb, Opening("\"brandId\":\"another\""), 400, "brandId is not this account"),
                new(client, verb, Opening("\"skillId\":\"unknown\""), 400, "skillId is not known"),
                new(client, verb, Opening($"\"skillId\":\"{new string('1', 65)}\""), 400, "skillId is longer than 64 characters"),
                new(client, verb, Opening($"\"channelType\":\"{new string('x', 65)}\""), 400, "channelType is longer than 64 characters"),
                new(client, verb, Opening("\"ttrDefName\":\"SOON\""), 400, "ttrDefName must be URGENT, NORMAL, PRIORITIZED or CUSTOM"),
                new(client, verb, Opening("\"eventId\":\"\""), 400, "eventId must have 1 to 64 characters"));
        }

        await RefuseAsync(
            new(agent, Verb.ConsumerRequestConversation, "{}", 401, "Only a consumer can request a conversation for himself"),
            new(consumer, Verb.AgentRequestConversation, $$"""{"consumerId":"{{consumer.UserId}}"}""", 401, "Only for agents"),
            new(agent, Verb.AgentRequestConversation, """{"consumerId":"nobody"}""", 404, "Consumer not found"));
        await server.Server.Identity.Accounts.ChangeSettingsAsync(account, new AccountSettings { AgentsOpenConversations = false });
        await RefuseAsync(new Refused(agent, Verb.AgentRequestConversation, $$"""{"consumerId":"{{consumer.UserId}}"}""", 401, "Only a manager may open conversations in this account"));
    }

    [Fact]
    public async Task Agents_speak_for_themselves_and_of_subscriptions_that_are_theirs()
    {
        var account = await server.NewAccountAsync();
        await using var agent = await server.AgentAsync(account);
        await using var colleague = await server.AgentAsync(account);
        await using var consumer = await server.ConsumerAsync(account);
        var list = (string)(await colleague.DoAsync("cqm.SubscribeExConversations")).Body!["subscriptionId"]!;
        var rings = (string)(await colleague.DoAsync("routing.SubscribeRoutingTasks")).Body!["subscriptionId"]!;

        await RefuseAsync(
            new(agent, Verb.SetAgentState, $$"""{"availability":"AWAY","agentUserId":"{{colleague.UserId}}"}""", 403, "agentUserId is not the agent of this socket"),
            new(agent, Verb.SetAgentState, """{"availability":"ASLEEP"}""", 400, "availability must be ONLINE, OCCUPIED, BACK_SOON, AWAY or OFFLINE"),
            new(agent, Verb.SubscribeRoutingTasks, $$"""{"agentId":"{{colleague.OldId}}"}""", 403, "agentId is not the agent of this socket"),
            new(agent, Verb.SubscribeAgentsState, $$"""{"agentId":"{{colleague.UserId}}"}""", 404, "Agent not found"),
            new(agent, Verb.SubscribeAgentsState, """{"agentId":"nobody"}""", 404, "Agent not found"),
            new(agent, Verb.UnsubscribeExConversations, $$"""{"subscriptionId":"{{list}}"}""", 404, "Subscription not found"),
            new(agent, Verb.UpdateExConversationSubscription, $$"""{"subscriptionId":"{{list}}"}""", 404, "Subscription not found"),
            new(agent, Verb.UpdateRoutingTaskSubscription, $$"""{"subscriptionId":"{{rings}}"}""", 404, "Subscription not found"),
            new(consumer, Verb.UnsubscribeExConversations, $$"""{"subscriptionId":"{{list}}"}""", 404, "Subscription not found"),
            new(consumer, Verb.SetAgentState, """{"availability":"AWAY"}""", 401, "Only for agents"));
    }

    [Fact]
    public async Task Nobody_reads_or_writes_the_profile_of_somebody_who_is_not_his()
    {
        var account = await server.NewAccountAsync();
        await using var consumer = await server.ConsumerAsync(account);
        await using var other = await server.ConsumerAsync(account);
        await using var agent = await server.AgentAsync(account);

        await RefuseAsync(
            new(consumer, Verb.GetUserProfile, $"\"{other.UserId}\"", 403, "A consumer may only read his own profile"),
            new(consumer, Verb.GetUserProfile, "7", 403, "A consumer may only read his own profile"),
            new(agent, Verb.GetUserProfile, $$"""{"userId":"{{other.UserId}}"}""", 404, "User not found"),
            new(agent, Verb.GetUserProfile, "7", 404, "User not found"),
            new(consumer, Verb.SetUserProfile, $$"""{"userId":"{{other.UserId}}"}""", 403, "A consumer may only set his own profile"),
            new(consumer, Verb.SetUserProfile, $$"""{"description":"{{new string('x', 33_000)}}"}""", 400, "The profile would be larger than 32768 bytes"),
            new(agent, Verb.SetUserProfile, "{}", 401, "Only a consumer sets his profile"));
    }

    [Fact]
    public async Task Files_and_forms_that_are_not_there_are_refused_with_the_reason()
    {
        var account = await server.NewAccountAsync(new AccountSettings { FileBytes = 100 });
        await using var talk = await server.TalkAsync(account);
        var id = talk.ConversationId;
        var file = $$$"""{"dialogId":"{{{id}}}","event":{"type":"ContentEvent","contentType":"hosted/file","message":{"relativePath":"none","fileType":"PNG"}} }""";
        var upload = $$$"""{"uploadable":{"type":"SecureForm","dialogId":"{{{id}}}","invitationId":"none"}}""";

        await RefuseAsync(
            new(talk.Agent, Verb.GenerateUploadToken, upload, 403, "Only for consumers"),
            new(talk.Consumer, Verb.GenerateUploadToken, upload, 404, "No such invitation in this dialog"),
            new(talk.Agent, Verb.GenerateDownloadToken, $$$"""{"downloadable":{"type":"SecureForm","dialogId":"{{{id}}}","submissionId":"none","invitationId":"none"}}""", 404, "No such submission in this dialog"),
            new(talk.Consumer, Verb.GenerateUrlForDownloadFile, """{"relativePath":"none"}""", 404, "File not found"),
            new(talk.Consumer, Verb.PublishEvent, file, 400, "event.message.relativePath is no file that you may share"),
            new(talk.Consumer, Verb.GenerateUrlForUploadFile, """{"fileSize":101,"fileType":"PNG"}""", 400, "The file is larger than 100 bytes"),
            new(talk.Consumer, Verb.GenerateUrlForUploadFile, """{"fileSize":10,"fileType":"EXE"}""", 400, "fileType is not among those allowed"));
        await server.Server.Identity.Accounts.ChangeSettingsAsync(account, new AccountSettings { FileStorageMegabytes = 0 });
        await RefuseAsync(new Refused(talk.Agent, Verb.GenerateUrlForUploadFile, """{"fileSize":10,"fileType":"PNG"}""", 403, "The account's room for files is used up"));
        await server.Server.Identity.Accounts.ChangeSettingsAsync(account, new AccountSettings { FileSharing = false });
        await RefuseAsync(
            new(talk.Agent, Verb.GenerateUrlForUploadFile, """{"fileSize":10,"fileType":"PNG"}""", 403, "File sharing is off"),
            new(talk.Agent, Verb.PublishEvent, file, 403, "File sharing is off"));
    }

    [Fact]
    public async Task What_is_too_long_or_too_much_is_refused_with_the_reason()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync(new AccountSettings { Limits = new LimitOverrides { TextCharacters = 5 } }));
        await using var follower = await server.AgentAsync("demo");
        var id = talk.ConversationId;
        var fields = string.Join(',', Enumerable.Repeat(Ttr, 33));

        await RefuseAsync(
            new(talk.Consumer, Verb.PublishEvent, WireClient.PublishBody(id, "123456"), 400, "message is longer than the limit"),
            new(talk.Consumer, Verb.PublishEvent, WireClient.PublishBody(id, "1", $",\"eventId\":\"{new string('x', 65)}\""), 400, "eventId must have 1 to 64 characters"),
            new(talk.Agent, Verb.UpdateConversationField, Fields(id, fields), 400, "conversationField has more than 32 elements"),
            new(talk.Agent, Verb.UpdateConversationField, $$"""{"eventId":"","conversationId":"{{id}}","conversationField":{{Ttr}}}""", 400, "eventId must have 1 to 64 characters"),
            new(talk.Agent, Verb.UpdateConversationField, Fields(id, $$"""{"field":"Note","note":"{{new string('x', 65_537)}}"}"""), 400, "note is longer than the limit"));
        for (var i = 0; i < 32; i++) await follower.DoAsync("cqm.SubscribeExConversations");
        await RefuseAsync(new Refused(follower, Verb.SubscribeExConversations, "{}", 400, "Too many subscriptions on this socket"));
    }

    [Fact]
    public async Task A_socket_without_identity_is_told_what_it_lacks()
    {
        var account = await server.NewAccountAsync();
        var all = Verbs.Rows.SelectMany(row => row.Names.Select(name => (row.Verb, name))).Where(r => r.Verb is not (Verb.GetClock or Verb.KeepAlive or Verb.InitConnection));
        await using var nobody = await server.StrangerAsync(account);

        foreach (var (_, name) in all)
        {
            var answer = await nobody.RequestAsync(name);
            Assert.Equal((name, 401, "Send InitConnection first"), (name, answer.Code, (string?)answer.Body!["details"]));
        }

        await RefuseAsync(new Refused(nobody, Verb.InitConnection, "{}", 401, "The header ConsumerAuthentication with a jwt is missing"));
    }

    [Fact]
    public async Task A_single_header_stands_for_a_list_of_one()
    {
        var account = await server.NewAccountAsync();
        await using var consumer = await server.StrangerAsync(account);

        await consumer.SendAsync($$"""{"id":"i","type":"InitConnection","headers":{"type":".ams.headers.ConsumerAuthentication","jwt":"{{await server.SignupAsync(account)}}"} }""");

        Assert.Equal(200, (await consumer.AnswerAsync("i")).Code);
        await Talk.OpenConversationAsync(consumer);
    }

    private static async Task RefuseAsync(params Refused[] refused)
    {
        var wrong = new List<string>();
        foreach (var row in refused)
        {
            foreach (var name in Verbs.Rows[(int)row.Verb].Names)
            {
                var answer = await row.Client.RequestAsync(name, row.Body);
                var details = answer.Body is JsonObject body ? (string?)body["details"] : null;
                if ((answer.Code, answer.Type, details) != (row.Code, ".ReqBody$ErrorResp", row.Details)) wrong.Add($"{name} {row.Code} {row.Details}: {answer.Text}");
            }

            await row.Client.CatchUpAsync();
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static string Fields(string conversationId, string fields) => $$"""{"conversationId":"{{conversationId}}","conversationField":[{{fields}}]}""";

    private static string Dialog(string conversationId, string type, string dialog) => Fields(conversationId, $$"""{"field":"DialogChange","type":"{{type}}","dialog":{{dialog}}}""");

    private static string Ring(string ringId, string state) => $$"""{"ringId":"{{ringId}}","ringState":"{{state}}"}""";

    private static string Typing(string dialogId) => $$$"""{"dialogId":"{{{dialogId}}}","event":{"type":"ChatStateEvent","chatState":"COMPOSING"}}""";
}
