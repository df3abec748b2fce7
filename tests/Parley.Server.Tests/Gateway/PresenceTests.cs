using Parley.Journal.Memory;
using Parley.Protocol;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway;

/// <summary>Chat states that the server sends for a consumer whose sockets open and close (protocol 10.2).</summary>
public sealed class PresenceTests(MessagingServer server)
{
    private const string EventV2 = ".ams.ms.OnlineEventDistribution";

    [Fact]
    public async Task His_agent_hears_when_a_consumers_first_socket_opens_and_when_his_last_is_gone()
    {
        var account = await server.NewAccountAsync();
        var jwt = await server.SignupAsync(account);
        await using var talk = await server.TalkAsync(account, jwt);
        await talk.Consumer.DisposeAsync();
        var left = await StateAsync(talk.Agent, "BACKGROUND");

        var first = await server.ConsumerAsync(account, jwt);
        var came = await StateAsync(talk.Agent, "ACTIVE");
        var second = await server.ConsumerAsync(account, jwt);
        await second.CatchUpAsync();
        await first.DisposeAsync();
        await second.DisposeAsync();
        await StateAsync(talk.Agent, "BACKGROUND");

        Assert.Equal(["BACKGROUND", "ACTIVE", "BACKGROUND"], States(talk.Agent));
        foreach (var body in (System.Text.Json.Nodes.JsonNode[])[left.Body!, came.Body!])
        {
            Assert.Equal((talk.ConversationId, talk.ConversationId, "ALL"), ((string?)body["dialogId"], (string?)body["conversationId"], (string?)body["messageAudience"]));
            Assert.Equal((talk.Consumer.UserId, talk.Consumer.UserId, "CONSUMER"), ((string?)body["originatorId"], (string?)body["originatorPId"], (string?)body["originatorMetadata"]!["role"]));
            Assert.Null(body["sequence"]);
            Assert.Null(body["serverTimestamp"]);
        }

        // Nothing of it was stored.
        Assert.Equal("0", await talk.Agent.PublishAsync(talk.ConversationId, "Are you there?"));
        Assert.Single((await talk.Agent.DoAsync(".ams.ms.QueryMessages", $$"""{"dialogId":"{{talk.ConversationId}}"}""")).Body!.AsArray());
    }

    [Fact]
    public async Task A_consumer_who_says_in_a_frame_who_he_is_comes_then()
    {
        var account = await server.NewAccountAsync();
        var jwt = await server.SignupAsync(account);
        await using var talk = await server.TalkAsync(account, jwt);
        await talk.Consumer.DisposeAsync();
        await StateAsync(talk.Agent, "BACKGROUND");

        await using var consumer = await server.StrangerAsync(account);
        await consumer.CatchUpAsync();
        await talk.Agent.CatchUpAsync();
        Assert.Equal(["BACKGROUND"], States(talk.Agent));
        await consumer.SendAsync($$"""{"kind":"req","id":"1","type":"InitConnection","headers":[{"type":".ams.headers.ConsumerAuthentication","jwt":"{{jwt}}"}]}""");
        await consumer.SendAsync($$"""{"kind":"req","id":"2","type":"InitConnection","headers":[{"type":".ams.headers.ConsumerAuthentication","jwt":"{{jwt}}"}]}""");
        await consumer.AnswerAsync("2");
        await StateAsync(talk.Agent, "ACTIVE");
        await consumer.DoAsync("ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{talk.ConversationId}}"}""");
        consumer.Abort();
        await StateAsync(talk.Agent, "BACKGROUND");

        Assert.Equal(["BACKGROUND", "ACTIVE", "BACKGROUND"], States(talk.Agent));
        Assert.DoesNotContain(consumer.Frames, f => f.Text.Contains("ChatState"));
    }

    [Fact]
    public async Task Only_those_hear_it_who_follow_one_of_his_open_conversations_now()
    {
        var account = await server.NewAccountAsync();
        var jwt = await server.SignupAsync(account);
        await using var closed = await server.TalkAsync(account, jwt);
        await closed.Agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"AWAY"}""");
        await using var anothers = await server.TalkAsync(account);
        await anothers.Agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"AWAY"}""");
        await using var open = await server.TalkAsync(account, jwt);
        await using var follows = await server.AgentAsync(account, AgentRole.Manager, "2");
        await using var looksOn = await server.AgentAsync(account, AgentRole.Manager);
        await using var elsewhere = await server.ConsumerAsync(await server.NewAccountAsync());
        await looksOn.DoAsync(".ams.aam.SubscribeExConversations");
        await follows.DoAsync(".ams.ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{open.ConversationId}}"}""");
        await open.Agent.DoAsync(".ams.ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{open.ConversationId}}"}""");
        await open.Consumer.PublishAsync(open.ConversationId, "live now");
        foreach (var client in (WireClient[])[open.Agent, follows]) await client.NotificationAsync(EventV2, f => f.Text.Contains("live now"));
        await closed.Agent.DoAsync(
            ".ams.cm.UpdateConversationField",
            $$$"""{"conversationId":"{{{closed.ConversationId}}}","conversationField":{"field":"ConversationStateField","conversationState":"CLOSE"}}""");

        await closed.Consumer.DisposeAsync();
        await open.Consumer.DisposeAsync();
        foreach (var client in (WireClient[])[open.Agent, follows]) await StateAsync(client, "BACKGROUND");
        await using var again = await server.ConsumerAsync(account, jwt);
        await StateAsync(open.Agent, "ACTIVE");
        await StateAsync(follows, "ACTIVE");

        foreach (var client in (WireClient[])[open.Agent, follows]) Assert.Equal(["BACKGROUND", "ACTIVE"], States(client));
        foreach (var client in (WireClient[])[closed.Agent, anothers.Agent, anothers.Consumer, looksOn, elsewhere])
        {
            await client.CatchUpAsync();
            Assert.Empty(States(client));
        }
    }

    [Fact]
    public async Task When_the_server_goes_nobody_is_said_to_have_left()
    {
        var journal = new MemoryJournal();
        await using var mine = await MessagingServer.StartAsync(journal: journal);
        var account = await mine.NewAccountAsync();
        var jwt = await mine.SignupAsync(account);
        await using var talk = await mine.TalkAsync(account, jwt);
        await talk.Consumer.DisposeAsync();
        await StateAsync(talk.Agent, "BACKGROUND");
        await using var consumer = await mine.OpenAsync(MessagingServer.ConsumerPath(account), $"Authorization: jwt {jwt}");
        await StateAsync(talk.Agent, "ACTIVE");

        // The agent's socket stays open for its answer until the consumer's is gone.
        journal.Hold();
        await talk.Agent.SendRawAsync(ClientFrame.Text(WireClient.Request("p", "ms.PublishEvent", WireClient.PublishBody(talk.ConversationId, "last words"))), ClientFrame.Ping());
        await talk.Agent.PongedAsync();
        var stopping = mine.Server.StopAsync();
        Assert.Equal(1001, (await consumer.ReadCloseAsync()).CloseCode);
        await consumer.SendAsync(ClientFrame.Close(1001));
        Assert.Null(await consumer.ReadAsync());
        journal.Release();

        Assert.Equal(200, (await talk.Agent.AnswerAsync("p")).Code);
        await talk.Agent.ClosedAsync();
        await stopping.WaitAsync(RawSocket.Patience);
        Assert.Equal(["BACKGROUND", "ACTIVE"], States(talk.Agent));
    }

    internal static Task<WireFrame> StateAsync(WireClient agent, string chatState) =>
        agent.NotificationAsync(EventV2, f => (string?)f.Body!["event"]!["chatState"] == chatState);

    internal static IEnumerable<string> States(WireClient client) =>
        client.Frames.Where(f => f.Kind == "notification" && f.Text.Contains("ChatStateEvent")).Select(f => (string)(f.Change ?? f.Body)!["event"]!["chatState"]!);
}
