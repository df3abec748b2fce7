using Parley.Protocol;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway;

/// <summary>Who may ask what: every verb by everybody. A verb without a row fails.</summary>
public sealed class AuthorisationTests(MessagingServer server)
{
    /// <summary>The codes for a socket without identity, the owner, another consumer, one of another account, the agent in charge, an agent elsewhere, a manager, an agent of another account.</summary>
    private sealed record Row(string Body, int Nobody, int Owner, int Other, int Foreign, int AgentIn, int AgentOut, int Manager, int ForeignAgent);

    private static readonly Dictionary<Verb, Row> Matrix = new()
    {
        [Verb.InitConnection] = new("{}", 401, 200, 200, 200, 200, 200, 200, 200),
        [Verb.GetClock] = new("{}", 200, 200, 200, 200, 200, 200, 200, 200),
        [Verb.KeepAlive] = new("{}", 200, 200, 200, 200, 200, 200, 200, 200),
        [Verb.ConsumerRequestConversation] = new("{}", 401, 200, 200, 200, 401, 401, 401, 401),
        [Verb.UpdateConversationField] = new(
            """{"conversationId":"CONVERSATION","conversationField":{"field":"TTRField","ttrType":"URGENT","value":60}}""", 401, 200, 404, 404, 200, 400, 400, 404),
        [Verb.SubscribeExConversations] = new("{}", 401, 200, 200, 200, 200, 200, 200, 200),
        [Verb.UnsubscribeExConversations] = new("""{"subscriptionId":"of somebody else"}""", 401, 404, 404, 404, 404, 404, 404, 404),
        [Verb.PublishEvent] = new(
            """{"dialogId":"CONVERSATION","event":{"type":"ContentEvent","contentType":"text/plain","message":"Hello"}}""", 401, 200, 403, 404, 200, 403, 403, 404),
        [Verb.SubscribeMessagingEvents] = new("""{"dialogId":"CONVERSATION"}""", 401, 200, 404, 404, 200, 403, 200, 404),
        [Verb.QueryMessages] = new("""{"dialogId":"CONVERSATION"}""", 401, 200, 404, 404, 200, 403, 200, 404),
        [Verb.GenerateUrlForUploadFile] = new("""{"fileSize":10,"fileType":"PNG"}""", 401, 200, 200, 200, 200, 200, 200, 200),
        [Verb.GenerateUrlForDownloadFile] = new("""{"relativePath":"FILE"}""", 401, 200, 404, 404, 200, 404, 200, 404),
        [Verb.GenerateUploadToken] = new(
            """{"uploadable":{"type":"SecureForm","formId":"1","invitationId":"invitation","dialogId":"CONVERSATION"}}""", 401, 200, 404, 404, 403, 403, 403, 403),
        [Verb.GetUserProfile] = new("""{"userId":"CONSUMER"}""", 401, 200, 403, 403, 200, 404, 200, 404),
        [Verb.SetUserProfile] = new("""{"firstName":"Ada"}""", 401, 200, 200, 200, 401, 401, 401, 401),
        [Verb.GenerateDownloadToken] = new(
            """{"downloadable":{"type":"SecureForm","dialogId":"CONVERSATION","submissionId":"submission","invitationId":"invitation"}}""", 401, 401, 401, 401, 200, 403, 200, 404),
        [Verb.GetBrandProfile] = new("{}", 401, 401, 401, 401, 200, 200, 200, 200),
        [Verb.UpdateExConversationSubscription] = new("""{"subscriptionId":"of somebody else"}""", 401, 404, 404, 404, 404, 404, 404, 404),
        [Verb.AgentRequestConversation] = new("""{"consumerId":"CONSUMER"}""", 401, 401, 401, 401, 200, 200, 200, 404),
        [Verb.SetAgentState] = new("""{"availability":"AWAY"}""", 401, 401, 401, 401, 202, 202, 202, 202),
        [Verb.SubscribeAgentsState] = new("{}", 401, 401, 401, 401, 200, 200, 200, 200),
        [Verb.SubscribeRoutingTasks] = new("{}", 401, 401, 401, 401, 200, 200, 200, 200),
        [Verb.UpdateRoutingTaskSubscription] = new("""{"subscriptionId":"of somebody else"}""", 401, 401, 401, 401, 404, 404, 404, 404),
        [Verb.UpdateRingState] = new("""{"ringId":"CONVERSATION_1_1","ringState":"ACCEPTED"}""", 401, 401, 401, 401, 404, 404, 404, 404),
    };

    [Fact]
    public void Every_verb_has_a_row() => Assert.Equal(Enum.GetValues<Verb>(), Matrix.Keys.Order());

    public static TheoryData<Verb> AllVerbs => [.. Matrix.Keys];

    [Theory]
    [MemberData(nameof(AllVerbs))]
    public async Task Everybody_gets_the_answer_that_is_his(Verb verb)
    {
        var row = Matrix[verb];
        var (account, foreign) = (await server.NewAccountAsync(), await server.NewAccountAsync());
        await using var talk = await server.TalkAsync(account);
        await using var other = await server.ConsumerAsync(account);
        await using var foreigner = await server.ConsumerAsync(foreign);
        await using var agentOut = await server.AgentAsync(account);
        await using var manager = await server.AgentAsync(account, AgentRole.Manager);
        await using var foreignAgent = await server.AgentAsync(foreign);
        (string Who, WireClient Client, int Code)[] cells =
        [
            ("owner", talk.Consumer, row.Owner), ("other consumer", other, row.Other), ("foreign consumer", foreigner, row.Foreign),
            ("agent in charge", talk.Agent, row.AgentIn), ("agent elsewhere", agentOut, row.AgentOut), ("manager", manager, row.Manager), ("foreign agent", foreignAgent, row.ForeignAgent),
        ];
        var body = row.Body.Replace("CONVERSATION", talk.ConversationId).Replace("CONSUMER", talk.Consumer.UserId).Replace("FILE", await ShareFileAsync(talk.Consumer, talk.ConversationId));
        await PublishAsync(talk.Agent, talk.ConversationId, "forms/secure-invitation", """{"formId":"1","invitationId":"invitation","title":"t"}""");
        await PublishAsync(talk.Consumer, talk.ConversationId, "forms/secure-submission", """{"submissionId":"submission","invitationId":"invitation"}""");

        foreach (var name in Verbs.Rows[(int)verb].Names)
        {
            foreach (var (who, client, code) in cells) Assert.Equal((name, who, code), (name, who, (await client.RequestAsync(name, body)).Code));
        }

        foreach (var name in Verbs.Rows[(int)verb].Names)
        {
            await using var nobody = await server.StrangerAsync(account);
            Assert.Equal((name, row.Nobody), (name, (await nobody.RequestAsync(name, body)).Code));
        }
    }

    private async Task<string> ShareFileAsync(WireClient client, string dialogId)
    {
        var address = (await client.DoAsync("ms.GenerateURLForUploadFile", """{"fileSize":5,"fileType":"TXT"}""")).Body!;
        var path = (string)address["relativePath"]!;
        using var put = await server.Http.PutAsync(
            $"{path}?temp_url_sig={address["queryParams"]!["temp_url_sig"]}&temp_url_expires={address["queryParams"]!["temp_url_expires"]}", new ByteArrayContent("Hello"u8.ToArray()));
        Assert.Equal(201, (int)put.StatusCode);
        await PublishAsync(client, dialogId, "hosted/file", $$"""{"relativePath":"{{path}}","fileType":"TXT"}""");
        return path;
    }

    private static Task PublishAsync(WireClient client, string dialogId, string contentType, string message) =>
        client.DoAsync("ms.PublishEvent", $$$"""{"dialogId":"{{{dialogId}}}","event":{"type":"ContentEvent","contentType":"{{{contentType}}}","message":{{{message}}}}}""");

    [Fact]
    public async Task An_operators_token_opens_no_socket()
    {
        var path = Path.Combine(Path.GetDirectoryName(server.Bound.TrustFile)!, "server.json");
        var token = (string)System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(path))!["operatorToken"]!;
        await using var socket = await RawSocket.ConnectAsync(server.Bound.Http.Port);

        Assert.Equal(401, (await socket.UpgradeAsync($"{MessagingServer.BrandPath("demo")}/{token}?v=2")).Status);
    }
}
