using Parley.Protocol;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;
using static Parley.Server.Tests.Support.MemberForm;

namespace Parley.Server.Tests.Gateway;

/// <summary>
/// Every request with bodies that are nearly right, under each of its names, on sockets of both generations: what clients are
/// known to send is taken, all else is refused by the member's name, and nothing is taken for something that was not said.
/// </summary>
public sealed class MalformedTests(MessagingServer server)
{
    private const string Talk = "\"conversationId\":\"CONVERSATION\"";
    private const string Gone = "\"conversationId\":\"gone\"";

    private static readonly BodyMember Dialog = new("dialogId", Text, true, 404);
    private static readonly BodyMember Conversation = new("conversationId", Text, true, 404);
    private static readonly BodyMember Subscription = new("subscriptionId", Text, true);
    private static readonly BodyMember Type = new("event.type", Word, true);

    private static readonly BodyMember[] Filter =
    [
        Optional("minLastUpdatedTime", Integer), Optional("maxLastUpdatedTime", Integer), Optional("maxETTR", Integer), Optional("consumerId", Text),
        Optional("convState", Texts), Optional("stage", Texts), Optional("agentIds", Texts),
    ];

    private static readonly BodyMember[] Opening =
    [
        new("brandId", Text, false, 400), Optional("channelType", Text), Optional("ttrDefName", Word), Optional("skillId", Text),
        Optional("campaignInfo", MemberForm.Object), Optional("conversationContext", MemberForm.Object),
    ];

    private static readonly string FilterBody =
        "\"minLastUpdatedTime\":0,\"maxLastUpdatedTime\":4102444800000,\"maxETTR\":4102444800000,\"consumerId\":\"CONSUMER\",\"convState\":[\"OPEN\"],\"stage\":[\"OPEN\"],\"agentIds\":[\"AGENT-ID\"]";

    private static readonly string OpeningBody =
        "\"brandId\":\"ACCOUNT\",\"channelType\":\"MESSAGING\",\"ttrDefName\":\"NORMAL\",\"skillId\":\"-1\",\"campaignInfo\":{\"campaignId\":1},\"conversationContext\":{\"type\":\"SharkContext\"}";

    private static readonly Dictionary<Verb, BodyShape[]> Shapes = new()
    {
        [Verb.InitConnection] = [new("{}", 200, 200) { IsIgnored = true }],
        [Verb.GetClock] = [new("{}", 200, 200) { IsIgnored = true }],
        [Verb.KeepAlive] = [new("{}", 200, 200) { IsIgnored = true }],
        [Verb.ConsumerRequestConversation] =
        [
            new($$"""{{{OpeningBody}}}""", 200, null, Opening),
            new("""{"eventId":"once"}""", 200, null, Optional("eventId", Text)),
        ],
        [Verb.AgentRequestConversation] =
        [
            new($$"""{"consumerId":"CONSUMER",{{OpeningBody}}}""", null, 200, [new("consumerId", Text, true, 404), .. Opening]),
            new("""{"consumerId":"CONSUMER","eventId":"once"}""", null, 200, new("consumerId", Text, true, 404), Optional("eventId", Text)),
        ],
        [Verb.UpdateConversationField] =
        [
            Field(Talk, "\"field\":\"TTRField\",\"ttrType\":\"URGENT\",\"value\":60", 200, 200, Conversation, new("conversationField", Objects, true),
                In("field", Word, true), In("ttrType", Word, true), In("value", Integer)),
            Field(Talk + ",\"eventId\":\"once\"", "\"field\":\"CSATSeen\"", 200, 200, Optional("eventId", Text)),
            Field(Talk, "\"field\":\"DialogChange\",\"type\":\"UPDATE\",\"dialog\":{\"dialogId\":\"CONVERSATION\",\"state\":\"OPEN\",\"metaData\":{\"a\":1}}", 200, 200,
                In("type", Word), In("dialog", MemberForm.Object, true), In("dialog.dialogId", Text, false, 404), In("dialog.state", Word), In("dialog.metaData", MemberForm.Object)),
            Field(Gone, "\"field\":\"DialogChange\",\"dialog\":{\"state\":\"CLOSE\",\"closedCause\":\"done\"}", 404, 404, In("dialog.closedCause", Text)),
            Field(Gone, "\"field\":\"DialogChange\",\"type\":\"CREATE\",\"dialog\":{\"dialogId\":\"cb\",\"dialogType\":\"OTHER\",\"channelType\":\"COBROWSE\"}", 404, 404,
                In("dialog.dialogId", Text), In("dialog.dialogType", Text), In("dialog.channelType", Text)),
            Field(Gone, "\"field\":\"ConversationStateField\",\"conversationState\":\"CLOSE\"", 404, 404, In("conversationState", Word, true)),
            Field(Gone, "\"field\":\"Stage\",\"conversationState\":\"CLOSE\"", 404, 404, In("conversationState", Word, true)),
            Field(Talk, "\"field\":\"Skill\",\"type\":\"UPDATE\",\"skill\":\"-1\"", 403, 200, In("skill", Text, true)),
            Field(Talk, "\"field\":\"CSATRate\",\"csatRate\":5,\"csatResolutionConfirmation\":true,\"status\":\"SKIPPED\"", 200, 403,
                In("csatRate", Integer), In("csatResolutionConfirmation", Truth)),
            Field(Talk, "\"field\":\"CSATRate\",\"csatRate\":5,\"status\":\"FILLED\"", 200, 403, In("csatRate", Integer, true), In("status", Word)),
            Field(Talk, "\"field\":\"ManualETTR\",\"manualETTR\":4102444800000", 403, 200, In("manualETTR", Integer, true)),
            Field(Talk, "\"field\":\"DelayField\",\"tillWhen\":4102444800000,\"delay\":{\"delayType\":\"NIGHT\",\"tillWhen\":4102444800000}", 403, 200,
                In("delay", MemberForm.Object), In("delay.delayType", Text), In("delay.tillWhen", Integer, true)),
            Field(Talk, "\"field\":\"Note\",\"note\":\"difficult\"", 403, 200, In("note", Any, true)),
            Field(Talk, "\"field\":\"TopicField\",\"topic\":{\"name\":\"billing\"}", 403, 200, In("topic", Any, true)),
            Field(Talk, "\"field\":\"CampaignInfo\",\"campaignInfo\":{\"campaignId\":1}", 200, 200, In("campaignInfo", MemberForm.Object, true)),
            Field(Talk, "\"field\":\"MetaData\",\"metaData\":{\"a\":1}", 200, 200, In("metaData", Any, true)),
            Field(Talk, "\"field\":\"StepUpAuthentication\",\"jwt\":\"x.y.z\"", 400, 400, In("jwt", Text, true)),
            Field(Talk, "\"field\":\"ParticipantsChange\",\"type\":\"ADD\",\"role\":\"AGENT\",\"userId\":\"AGENT-ID\",\"dialogId\":\"CONVERSATION\"", 403, 200,
                In("type", Word, true), In("role", Word, true), In("userId", Text, false, 400), In("dialogId", Text, false, 403, 404)),
        ],
        [Verb.SubscribeExConversations] = [new($$"""{{{FilterBody}}}""", 200, 200, Filter)],
        [Verb.UpdateExConversationSubscription] = [new($$"""{"subscriptionId":"unknown",{{FilterBody}}}""", 404, 404, [Subscription, .. Filter])],
        [Verb.UnsubscribeExConversations] = [new("""{"subscriptionId":"unknown"}""", 404, 404, Subscription)],
        [Verb.PublishEvent] =
        [
            Event("\"messageAudience\":\"ALL\"", """{"type":"ContentEvent","contentType":"text/plain","message":"Hello"}""", Dialog, Optional("messageAudience", Word),
                new("event", MemberForm.Object, true), Type, Optional("event.contentType", TextOnly), new("event.message", TextOnly, true)),
            Event("\"eventId\":\"once\"", """{"type":"ContentEvent","contentType":"text/plain","message":"Hello"}""", Optional("eventId", Text)),
            Event("\"x\":0", """{"type":"ContentEvent","contentType":"text/plain","message":"Hello","quickReplies":{"type":"quickReplies","replies":[]}}""", Optional("event.quickReplies", MemberForm.Object)),
            Event("\"x\":0", """{"type":"RichContentEvent","content":{"type":"vertical","elements":[]}}""", Type, new("event.content", MemberForm.Object, true)),
            Event("\"x\":0", """{"type":"AcceptStatusEvent","status":"READ","sequenceList":[0]}""", Type, new("event.status", TextOnly, true), new("event.sequenceList", Integers, true)),
            Event("\"x\":0", """{"type":"ChatStateEvent","chatState":"COMPOSING"}""", Type, new("event.chatState", TextOnly, true)),
            Event("\"x\":0", """{"type":"ContentEvent","contentType":"forms/secure-invitation","message":{"formId":"f","invitationId":"i","title":"t"}}""",
                new("event.message", MemberForm.Object, true), new("event.message.formId", Text, true), new("event.message.invitationId", Text, true), new("event.message.title", Text, true)),
            Event("\"x\":0", """{"type":"ContentEvent","contentType":"forms/secure-submission","message":{"submissionId":"s","invitationId":"i"}}""",
                new("event.message", MemberForm.Object, true), new("event.message.submissionId", Text, true), new("event.message.invitationId", Text, true)),
            new("""{"dialogId":"CONVERSATION","event":{"type":"ContentEvent","contentType":"hosted/file","message":{"relativePath":"unknown","fileType":"PNG","caption":"c"}}}""", 400, 400,
                new("event.message", MemberForm.Object, true), new("event.message.relativePath", TextOnly, true), new("event.message.fileType", TextOnly, true), Optional("event.message.caption", TextOnly)),
        ],
        [Verb.SubscribeMessagingEvents] = [new("""{"dialogId":"CONVERSATION","fromSeq":0}""", 200, 200, Dialog, Optional("fromSeq", Integer))],
        [Verb.QueryMessages] =
        [
            new("""{"dialogId":"CONVERSATION","fromSeq":0,"newerThanSequence":0,"olderThanSequence":9,"maxQuantity":9}""", 200, 200,
                Dialog, Optional("fromSeq", Integer), Optional("newerThanSequence", Integer), Optional("olderThanSequence", Integer), Optional("maxQuantity", Integer)),
        ],
        [Verb.GenerateUrlForUploadFile] = [new("""{"fileSize":10,"fileType":"PNG"}""", 200, 200, new("fileSize", Integer, true), new("fileType", Word, true))],
        [Verb.GenerateUrlForDownloadFile] = [new("""{"relativePath":"unknown"}""", 404, 404, new BodyMember("relativePath", TextOnly, true))],
        [Verb.GenerateUploadToken] =
        [
            new("""{"uploadable":{"type":"SecureForm","dialogId":"CONVERSATION","invitationId":"unknown"}}""", 404, null, new("uploadable", MemberForm.Object, true),
                new("uploadable.type", Word, true), new("uploadable.dialogId", Text, true), new("uploadable.invitationId", Text, true)),
        ],
        [Verb.GenerateDownloadToken] =
        [
            new("""{"downloadable":{"type":"SecureForm","dialogId":"CONVERSATION","submissionId":"unknown","invitationId":"unknown"}}""", null, 404, new("downloadable", MemberForm.Object, true),
                new("downloadable.type", Word, true), new("downloadable.dialogId", Text, true), new("downloadable.submissionId", Text, true), new("downloadable.invitationId", Text, true)),
        ],
        [Verb.GetUserProfile] = [new("""{"userId":"CONSUMER"}""", 200, 200, new BodyMember("userId", Text, false, 403, 404)) { MayBeId = true }],
        [Verb.SetUserProfile] =
        [
            new("""{"userId":"CONSUMER","firstName":"Ada","privateData":{"mail":"a@b.test"},"authenticatedData":{"lp_sdes":{"type":"ctmrinfo"}}}""", 200, null,
                new("userId", Text, false, 403), Optional("firstName", Text), Optional("privateData", MemberForm.Object), Optional("privateData.mail", Text),
                Optional("authenticatedData", MemberForm.Object), Optional("authenticatedData.lp_sdes", Objects)) { IsRequired = true },
        ],
        [Verb.GetBrandProfile] = [new("{}", null, 200) { IsIgnored = true }],
        [Verb.SetAgentState] =
        [
            new("""{"availability":"AWAY","agentUserId":"AGENT-ID","description":"Lunch"}""", null, 202, new("availability", Word, true), new("agentUserId", Text, false, 403), Optional("description", Text)),
        ],
        [Verb.SubscribeAgentsState] = [new("""{"agentId":"AGENT-ID"}""", null, 200, new BodyMember("agentId", Text, false, 404))],
        [Verb.SubscribeRoutingTasks] = [new("""{"agentId":"AGENT-ID"}""", null, 200, new BodyMember("agentId", Text, false, 403))],
        [Verb.UpdateRoutingTaskSubscription] = [new("""{"subscriptionId":"unknown"}""", null, 404, Subscription)],
        [Verb.UpdateRingState] = [new("""{"ringId":"gone_1","ringState":"ACCEPTED"}""", null, 404, new("ringId", Text, true), new("ringState", Word, true))],
    };

    [Fact]
    public void Every_verb_has_a_shape() => Assert.Equal(Verbs.Rows.Select(row => row.Verb), Shapes.Keys.Order());

    public static TheoryData<Verb> AllVerbs => [.. Shapes.Keys];

    [Theory]
    [MemberData(nameof(AllVerbs))]
    public async Task What_is_wrong_with_a_body_is_said_by_name_and_the_socket_goes_on(Verb verb)
    {
        var account = await server.NewAccountAsync(new AccountSettings { Limits = new LimitOverrides { ConsumerBurst = 100_000, AgentBurst = 100_000 } });
        var jwt = await server.SignupAsync(account);
        await using var consumer = await server.ConsumerAsync(account, jwt);
        await using var older = new WireClient(await server.OpenAsync(MessagingServer.ConsumerPath(account, "?v=2"), $"Authorization: jwt {jwt}"), Dialect.V2);
        await using var agent = await server.AgentAsync(account);
        var conversationId = await Support.Talk.OpenConversationAsync(consumer);
        await TakeAsync(server, account, agent, conversationId);
        var ids = new Dictionary<string, string> { ["CONVERSATION"] = conversationId, ["CONSUMER"] = consumer.UserId, ["AGENT-ID"] = agent.UserId, ["ACCOUNT"] = account };
        var wrong = new List<string>();

        foreach (var shape in Shapes[verb].Select(s => s with { Body = ids.Aggregate(s.Body, (body, id) => body.Replace($"\"{id.Key}\"", $"\"{id.Value}\"")) }))
        {
            foreach (var name in Verbs.Rows[(int)verb].Names)
            {
                foreach (var (client, code, socket) in new[] { (consumer, shape.Consumer, "consumer v3"), (older, shape.Consumer, "consumer v2"), (agent, shape.Agent, "agent v2.1") })
                {
                    foreach (var variant in shape.Vary(code))
                    {
                        var answer = await AskAsync(client, verb, name, variant.Body);
                        if (!variant.IsAnsweredBy(answer)) wrong.Add($"{socket} {name} {variant.Body ?? "without body"}: {string.Join('/', variant.Codes)} expected, got {answer.Text}");
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    // The clock behind it shows that there was one answer and that the socket lives.
    private static async Task<WireFrame> AskAsync(WireClient client, Verb verb, string name, string? body)
    {
        var (id, clock) = (client.NewId(), client.NewId());
        await client.SendAsync($$"""{"kind":"req","id":"{{id}}","type":"{{name}}"{{(body is null ? "" : $",\"body\":{body}")}}}""");
        await client.SendAsync(WireClient.Request(clock, "GetClock"));
        var answer = await client.AnswerAsync(id);
        Assert.Equal(200, (await client.AnswerAsync(clock)).Code);
        if (verb == Verb.SubscribeExConversations && answer.Code == 200)
            await client.DoAsync("cqm.UnsubscribeExConversations", $$"""{"subscriptionId":"{{(string?)answer.Body!["subscriptionId"]}}"}""");
        return answer;
    }

    // By a manager, so that no ring and no subscription stays with the agent.
    private static async Task TakeAsync(MessagingServer server, string account, WireClient agent, string conversationId)
    {
        await using var manager = await server.AgentAsync(account, AgentRole.Manager);
        await manager.DoAsync("cm.UpdateConversationField", $$$"""{"conversationId":"{{{conversationId}}}","conversationField":{"field":"ParticipantsChange","type":"ADD","role":"ASSIGNED_AGENT","userId":"{{{agent.UserId}}}"}}""");
    }

    private static BodyMember Optional(string path, MemberForm form) => new(path, form, false);

    private static BodyMember In(string path, MemberForm form, bool isRequired = false, params int[] asNumber) => new($"conversationField.{path}", form, isRequired, asNumber);

    private static BodyShape Field(string members, string field, int consumer, int agent, params BodyMember[] described) =>
        new($$$"""{{{{members}}},"conversationField":{{{{field}}}}}""", consumer, agent, described) { IsRequired = true };

    private static BodyShape Event(string members, string e, params BodyMember[] described) =>
        new($$"""{"dialogId":"CONVERSATION",{{members}},"event":{{e}}}""", 200, 200, described) { IsRequired = true };
}
