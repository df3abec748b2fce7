using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway;

/// <summary>An agent reads what the consumer whom he serves wrote with others before, and nothing else of theirs.</summary>
public sealed class EarlierConversationsTests(MessagingServer server)
{
    [Fact]
    public async Task Who_serves_a_consumer_lists_and_reads_his_closed_conversations_while_he_does()
    {
        var account = await server.NewAccountAsync();
        var jwt = await server.SignupAsync(account);
        await using var earlier = await server.TalkAsync(account, jwt);
        await earlier.Consumer.PublishAsync(earlier.ConversationId, "My first question");
        await AwayAsync(earlier.Agent);
        await using var now = await server.TalkAsync(account, jwt);
        var agent = now.Agent;

        // Open, it is between the two of them.
        Assert.Equal([now.ConversationId], await ListAsync(agent, now.Consumer.UserId));
        Assert.Equal(403, (await QueryAsync(agent, earlier.ConversationId)).Code);

        await CloseAsync(earlier.Consumer, earlier.ConversationId);
        Assert.Equal(new[] { earlier.ConversationId, now.ConversationId }.ToHashSet(), (await ListAsync(agent, now.Consumer.UserId)).ToHashSet());
        Assert.Contains("My first question", (await QueryAsync(agent, earlier.ConversationId)).ToString());
        await agent.DoAsync("ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{earlier.ConversationId}}","fromSeq":0}""");

        await CloseAsync(now.Consumer, now.ConversationId);
        Assert.Equal(403, (await QueryAsync(agent, earlier.ConversationId)).Code);
        Assert.DoesNotContain(earlier.ConversationId, await ListAsync(agent, now.Consumer.UserId));
    }

    [Fact]
    public async Task Who_does_not_serve_him_sees_nothing()
    {
        var account = await server.NewAccountAsync();
        var jwt = await server.SignupAsync(account);
        await using var earlier = await server.TalkAsync(account, jwt);
        await CloseAsync(earlier.Consumer, earlier.ConversationId);
        await AwayAsync(earlier.Agent);
        await using var another = await server.TalkAsync(account);
        await using var idle = await server.AgentAsync(account);
        await using var foreign = await server.TalkAsync(await server.NewAccountAsync());

        foreach (var agent in new[] { another.Agent, idle })
        {
            Assert.Empty(await ListAsync(agent, earlier.Consumer.UserId));
            Assert.Equal(403, (await QueryAsync(agent, earlier.ConversationId)).Code);
        }

        Assert.Empty(await ListAsync(foreign.Agent, earlier.Consumer.UserId));
        Assert.Equal(404, (await QueryAsync(foreign.Agent, earlier.ConversationId)).Code);
    }

    [Fact]
    public async Task Asking_for_a_colleagues_conversations_gives_only_what_is_his_own()
    {
        var account = await server.NewAccountAsync();
        var jwt = await server.SignupAsync(account);
        await using var earlier = await server.TalkAsync(account, jwt);
        await CloseAsync(earlier.Consumer, earlier.ConversationId);
        await AwayAsync(earlier.Agent);
        await using var now = await server.TalkAsync(account, jwt);

        Assert.Equal([now.ConversationId], await ListAsync(now.Agent, now.Consumer.UserId, $$""","agentIds":["{{earlier.Agent.OldId}}"]"""));
        Assert.Equal([now.ConversationId], await ListAsync(now.Agent, null));
    }

    [Fact]
    public async Task One_that_closes_while_he_looks_on_appears()
    {
        var account = await server.NewAccountAsync();
        var jwt = await server.SignupAsync(account);
        await using var earlier = await server.TalkAsync(account, jwt);
        await AwayAsync(earlier.Agent);
        await using var now = await server.TalkAsync(account, jwt);
        Assert.Equal([now.ConversationId], await ListAsync(now.Agent, now.Consumer.UserId));

        await CloseAsync(earlier.Consumer, earlier.ConversationId);

        await now.Agent.NotificationAsync(".ams.aam.ExConversationChangeNotification", f => f.Change is { } change && (string?)change["result"]?["convId"] == earlier.ConversationId);
    }

    [Fact]
    public async Task Who_is_rung_sees_what_it_is_about_while_it_rings()
    {
        var account = await server.NewAccountAsync();
        await using var agent = await server.AgentAsync(account);
        await agent.DoAsync(".ams.routing.SubscribeRoutingTasks");
        await agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"ONLINE"}""");
        await using var other = await server.AgentAsync(account);
        await using var consumer = await server.ConsumerAsync(account);
        var id = await Talk.OpenConversationAsync(consumer);
        await consumer.PublishAsync(id, "What I want to know");
        var ring = await agent.NotificationAsync(".ams.routing.RoutingTaskNotification", f => (string?)f.Change?["result"]?["conversationId"] == id);

        Assert.Equal([id], await ListAsync(agent, consumer.UserId));
        Assert.Contains(agent.Frames, frame => frame.ToString().Contains("What I want to know"));
        Assert.Equal(403, (await QueryAsync(agent, id)).Code);
        Assert.Empty(await ListAsync(agent, null));
        Assert.Empty(await ListAsync(other, consumer.UserId));

        var ringId = (string)ring.Change!["result"]!["ringsDetails"]![0]!["ringId"]!;
        await agent.DoAsync(".ams.routing.UpdateRingState", $$"""{"ringId":"{{ringId}}","ringState":"REJECTED"}""");
        await agent.NotificationAsync(".ams.aam.ExConversationChangeNotification", f => f.Change is { } change && (string?)change["type"] == "DELETE");
    }

    private static Task<WireFrame> QueryAsync(WireClient agent, string id) => agent.RequestAsync("ms.QueryMessages", $$"""{"dialogId":"{{id}}"}""");

    private static Task AwayAsync(WireClient agent) => agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"AWAY"}""");

    private static Task CloseAsync(WireClient client, string id) => client.DoAsync(
        "cm.UpdateConversationField", $$"""{"conversationId":"{{id}}","conversationField":[{"field":"ConversationStateField","conversationState":"CLOSE"}]}""");

    private static async Task<string[]> ListAsync(WireClient agent, string? consumerId, string more = "")
    {
        var filter = consumerId is null ? "{}" : $$"""{"consumerId":"{{consumerId}}"{{more}}}""";
        var id = (string)(await agent.DoAsync("cqm.SubscribeExConversations", filter)).Body!["subscriptionId"]!;
        var list = await agent.NotificationAsync(".ams.aam.ExConversationChangeNotification", f => f.ToString().Contains(id));
        return [.. list.Body!["changes"]!.AsArray().Select(change => (string)change!["result"]!["convId"]!)];
    }
}
