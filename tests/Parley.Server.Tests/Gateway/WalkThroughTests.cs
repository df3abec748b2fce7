using System.Text.Json.Nodes;
using Parley.Protocol;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway;

/// <summary>What programs that nobody changes any more do from start to end, as their sources and recordings show it.</summary>
public sealed class WalkThroughTests(MessagingServer server)
{
    private const string EventV2 = ".ams.ms.OnlineEventDistribution";
    private const string EventV3 = "ms.MessagingEventNotification";
    private const string ListV3 = "cqm.ExConversationChangeNotification";
    private const string Ring = ".ams.routing.RoutingTaskNotification";
    private const string RingUpdated = ".ams.routing.RingUpdated";

    /// <summary>Protocol 24.1: a consumer at a terminal, who types his requests, and an agent's program.</summary>
    [Fact]
    [Checklist(4)]
    [Checklist(5)]
    [Checklist(6)]
    [Checklist(7)]
    [Checklist(10)]
    public async Task The_tutorials_consumer_gets_all_that_was_said_before_he_subscribed_and_while_he_was_away()
    {
        var account = await server.NewAccountAsync();
        var jwt = await server.SignupAsync(account);
        await using var agent = await server.AgentAsync(account);
        await agent.DoAsync(".ams.routing.SubscribeRoutingTasks");
        await agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"ONLINE"}""");
        string id;
        await using (var consumer = await server.ConsumerAsync(account, jwt))
        {
            await consumer.SendAsync("""{"kind":"req","id":1,"type":"cm.ConsumerRequestConversation"}""");
            var created = await consumer.AnswerAsync("1");
            Assert.Equal((200, "cm.RequestConversationResponse"), (created.Code, created.Type));
            id = (string)created.Body!["conversationId"]!;
            Assert.True(Guid.TryParseExact(id, "D", out _), id);
            var ring = await agent.NotificationAsync(Ring, f => f.Change is not null);
            Assert.Equal((202, "Ring state updated successfully"), await AnswerRingAsync(agent, (string)ring.Change!["result"]!["ringsDetails"]![0]!["ringId"]!));

            for (var i = 0; i < 3; i++) Assert.Equal($"{i}", await agent.PublishAsync(id, $"text {i}"));
            var receipt = await consumer.DoAsync("ms.PublishEvent", $$$"""{"dialogId":"{{{id}}}","event":{"type":"AcceptStatusEvent","status":"ACCEPT","sequenceList":[0,1,2]}}""");
            Assert.Equal(3, (int)receipt.Body!["sequence"]!);
            Assert.Equal("4", await agent.PublishAsync(id, "text 4"));
            await consumer.SendAsync($$$"""{"kind":"req","id":"22","body":{"fromSeq":2,"dialogId":"{{{id}}}"},"type":"ms.SubscribeMessagingEvents"}""");
            await consumer.NotificationAsync(EventV3, f => (int?)f.Change?["sequence"] == 4);
            Assert.Equal(["22", "2 ContentEvent", "3 AcceptStatusEvent", "4 ContentEvent"], consumer.Frames.Skip((await consumer.AnswerAsync("22")).Index).Select(Told));
        }

        Assert.Equal("5", await agent.PublishAsync(id, "while you were away"));
        await using var back = await server.ConsumerAsync(account, jwt);
        await back.DoAsync("ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{id}}","fromSeq":5}""");
        Assert.Equal("while you were away", (string?)(await back.NotificationAsync(EventV3)).Change!["event"]!["message"]);
    }

    /// <summary>
    /// Protocol 24.2: a window on a page finds its hosts and its token by scripts, authenticates without headers and asks on
    /// without waiting, and asks the clock with one id for ever. Its answers must be known to it, and each come once (7.2).
    /// </summary>
    [Fact]
    [Checklist(20)]
    [CompatibilityRule(2)]
    [CompatibilityRule(17)]
    public async Task The_window_of_a_page_opens_a_conversation_and_finds_it_again()
    {
        var account = await server.NewAccountAsync();
        await using var agent = await server.AgentAsync(account);
        await agent.DoAsync(".ams.routing.SubscribeRoutingTasks");
        await agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"ONLINE"}""");
        Assert.EndsWith($":{server.Bound.Https.Port}", await ServiceAsync(account, "idp"));
        var host = await ServiceAsync(account, "asyncMessagingEnt");
        var jwt = (string)(await ScriptAsync($"/api/account/{account}/signup.jsonp?callback=lpCb", "lpCb"))["jwt"]!;

        string id;
        await using (var window = await OpenWindowAsync(host, account))
        {
            var listed = await StartAsync(window, jwt);
            Assert.Empty(listed.Body!["changes"]!.AsArray());
            await window.SendAsync("""{"kind":"req","id":"4","type":"cm.ConsumerRequestConversation","body":{}}""");
            id = (string)(await window.AnswerAsync("4")).Body!["conversationId"]!;
            await window.NotificationAsync(ListV3, f => IsUpsertOf(f, listed, id));
            await window.SendAsync($$$"""{"kind":"req","id":"5","type":"ms.SubscribeMessagingEvents","body":{"fromSeq":0,"dialogId":"{{{id}}}"}}""");
            await window.AnswerAsync("5");
            await window.NotificationAsync(EventV3, f => f.Change is null);
            await AnswerRingAsync(agent, (string)(await agent.NotificationAsync(Ring, f => f.Change is not null)).Change!["result"]!["ringsDetails"]![0]!["ringId"]!);
            await window.SendAsync(WireClient.Request("6", "ms.PublishEvent", WireClient.PublishBody(id, "Hello")));
            await window.AnswerAsync("6");
            await agent.NotificationAsync(EventV2, f => (string?)f.Body!["event"]!["message"] == "Hello");
            await agent.PublishAsync(id, "Good morning");
            Assert.Equal("ALL", (string?)(await window.NotificationAsync(EventV3, f => (int?)f.Change?["sequence"] == 1)).Change!["messageAudience"]);
            await window.CatchUpAsync();
            Assert.Equal(["1", "2", "3", "1", "4", "5", "6"], window.Frames.Where(f => f.Kind == "resp").Select(f => f.ReqId).SkipLast(1));
        }

        await using var again = await OpenWindowAsync(host, account);
        var found = await StartAsync(again, jwt);
        Assert.True(IsUpsertOf(found, found, id));
        await again.SendAsync($$$"""{"kind":"req","id":"4","type":"ms.SubscribeMessagingEvents","body":{"fromSeq":0,"dialogId":"{{{id}}}"}}""");
        await again.NotificationAsync(EventV3, f => (int?)f.Change?["sequence"] == 1);
        Assert.Equal(["4", "0 ContentEvent", "1 ContentEvent"], again.Frames.Skip((await again.AnswerAsync("4")).Index).Select(Told));
    }

    /// <summary>
    /// Protocol 12.4: an old Java bot looks at RingUpdated alone. It never subscribes to rings and never sets a state, asks who
    /// it is, pings every second, and sees no event with a number that is not above the last, at first 0 (10.4).
    /// </summary>
    [Fact]
    [Checklist(21)]
    [CompatibilityRule(13)]
    [CompatibilityRule(14)]
    [CompatibilityRule(18)]
    public async Task An_old_java_bot_takes_a_ring_and_replies()
    {
        var account = await server.NewAccountAsync(new AccountSettings { ConnectedAgentIsOnline = true });
        await using var bot = await server.AgentAsync(account, version: "2");
        Assert.Equal(bot.OldId, (string?)(await bot.DoAsync(".ams.userprofile.GetUserProfile")).Body!["userId"]);
        await using var consumer = await server.ConsumerAsync(account);
        var id = await Talk.OpenConversationAsync(consumer);
        await consumer.DoAsync("ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{id}}"}""");

        var ring = (await bot.NotificationAsync(RingUpdated)).Body!;
        Assert.Equal((id, "WAITING", consumer.UserId, "-1"), ((string?)ring["convId"], (string?)ring["ringState"], (string?)ring["consumerId"], (string?)ring["skillId"]));
        Assert.Equal(202, (await AnswerRingAsync(bot, (string)ring["ringId"]!)).Code);
        await bot.NotificationAsync(RingUpdated, f => (string?)f.Body!["ringState"] == "ACCEPTED");
        await bot.SendRawAsync(ClientFrame.Ping(1));
        await bot.PongedAsync();
        await consumer.PublishAsync(id, "Hello");
        await consumer.PublishAsync(id, "Anybody there?");
        var heard = (await bot.NotificationAsync(EventV2, f => (int?)f.Body!["sequence"] == 1)).Body!;
        await bot.DoAsync(".ams.ms.PublishEvent", WireClient.PublishBody((string)heard["dialogId"]!, $"You said: {(string)heard["event"]!["message"]!}"));

        var reply = (await consumer.NotificationAsync(EventV3, f => (int?)f.Change?["sequence"] == 2)).Change!;
        Assert.Equal(("You said: Anybody there?", bot.UserId), ((string?)reply["event"]!["message"], (string?)reply["originatorId"]));
        Assert.DoesNotContain(bot.Frames, f => f.Type == Ring);
    }

    private static string? Told(WireFrame frame) => frame.ReqId ?? $"{(int)frame.Body!["changes"]!.AsArray().Single()!["sequence"]!} {(string)frame.Change!["event"]!["type"]!}";

    private static bool IsUpsertOf(WireFrame frame, WireFrame list, string conversationId) =>
        (string?)frame.Body!["subscriptionId"] == (string?)list.Body!["subscriptionId"]
        && (string?)frame.Change?["type"] == "UPSERT" && (string?)frame.Change["result"]!["convId"] == conversationId;

    private static async Task<(int Code, string? Text)> AnswerRingAsync(WireClient agent, string ringId)
    {
        var answer = await agent.RequestAsync(".ams.routing.UpdateRingState", $$"""{"ringId":"{{ringId}}","ringState":"ACCEPTED"}""");
        return (answer.Code, (string?)answer.Body);
    }

    // Clock, token, list and clock again in one write; the first list.
    private static async Task<WireFrame> StartAsync(WireClient window, string jwt)
    {
        await window.SendRawAsync(
            ClientFrame.Text("""{"kind":"req","id":"1","type":"GetClock"}"""),
            ClientFrame.Text($$$"""{"kind":"req","id":"2","type":"InitConnection","headers":[{"type":".ams.headers.ConsumerAuthentication","jwt":"{{{jwt}}}"}],"body":{}}"""),
            ClientFrame.Text("""{"kind":"req","id":"3","type":"cqm.SubscribeExConversations","body":{"convState":["OPEN"]}}"""),
            ClientFrame.Text("""{"kind":"req","id":"1","type":"GetClock"}"""));
        var answer = await window.AnswerAsync("3");
        var list = await window.NotificationAsync(ListV3);
        Assert.True(answer.Index < list.Index, "The answer comes before the list");
        Assert.Equal((string?)answer.Body!["subscriptionId"], (string?)list.Body!["subscriptionId"]);
        return list;
    }

    private async Task<WireClient> OpenWindowAsync(string host, string account)
    {
        var socket = await RawSocket.ConnectAsync(int.Parse(host.Split(':')[1]), server.Authority);
        Assert.Equal(101, (await socket.UpgradeAsync(MessagingServer.ConsumerPath(account), "Origin: https://shop.example.test")).Status);
        return new WireClient(socket, Dialect.V3);
    }

    private async Task<string> ServiceAsync(string account, string service) =>
        (string)(await ScriptAsync($"/csdr/account/{account}/service/{service}/baseURI.lpCsds?version=1.0&cb=domainCallback", "domainCallback"))["ResultSet"]!["lpData"]![0]!["lpServer"]!;

    // What a script hands to the function that the page has defined.
    private async Task<JsonNode> ScriptAsync(string path, string function)
    {
        var script = await server.Http.GetStringAsync(path);
        Assert.StartsWith($"{function}(", script);
        return JsonNode.Parse(script[(function.Length + 1)..script.LastIndexOf(')')])!;
    }
}
