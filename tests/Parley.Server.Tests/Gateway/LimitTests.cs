using Microsoft.Extensions.Time.Testing;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway;

/// <summary>Each limit just below it, at it, and just above it.</summary>
public sealed class LimitTests(MessagingServer server)
{
    [Theory]
    [InlineData("x")]
    [InlineData("é")]
    [InlineData("日")]
    public async Task A_text_has_at_most_8000_characters(string character)
    {
        await using var consumer = await server.ConsumerAsync("demo");
        var dialog = await Talk.OpenConversationAsync(consumer);

        Assert.Equal("0", await consumer.PublishAsync(dialog, Text(7_999)));
        Assert.Equal("1", await consumer.PublishAsync(dialog, Text(8_000)));
        Assert.Equal(400, (await consumer.RequestAsync("ms.PublishEvent", WireClient.PublishBody(dialog, Text(8_001)))).Code);
        Assert.Equal("2", await consumer.PublishAsync(dialog, "short again"));

        string Text(int length) => string.Concat(Enumerable.Repeat(character, length));
    }

    [Fact]
    [CompatibilityRule(18)]
    public async Task Requests_beyond_the_burst_are_answered_429_until_tokens_return_and_pings_are_free()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var timed = await MessagingServer.StartAsync(time: time);
        await using var consumer = await timed.ConsumerAsync("demo");
        await using var agent = await timed.AgentAsync("demo");

        Assert.Equal(50, await SucceedAsync(consumer, 52));
        Assert.Equal(500, await SucceedAsync(agent, 510));
        await consumer.SendRawAsync([.. Enumerable.Range(0, 100).Select(_ => ClientFrame.Ping())]);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(20, await SucceedAsync(consumer, 22));
        Assert.Equal(200, await SucceedAsync(agent, 210));
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(50, await SucceedAsync(consumer, 60));
    }

    [Fact]
    public async Task A_refusal_for_haste_keeps_the_socket_and_its_turn()
    {
        var account = await server.NewAccountAsync(new AccountSettings { Limits = new LimitOverrides { ConsumerBurst = 1, ConsumerRequestsPerSecond = 0 } });
        await using var consumer = await server.ConsumerAsync(account);

        await consumer.SendRawAsync(ClientFrame.Text(WireClient.Request("a", "GetClock")), ClientFrame.Text(WireClient.Request("b", "GetClock")));

        Assert.Equal(200, (await consumer.AnswerAsync("a")).Code);
        var refusal = await consumer.AnswerAsync("b");
        Assert.Equal((429, ".ReqBody$ErrorResp", "Too Many Requests"), (refusal.Code, refusal.Type, (string?)refusal.Body!["title"]));
    }

    [Fact]
    public async Task Without_rate_limits_nothing_is_refused()
    {
        await using var free = await MessagingServer.StartAsync(o => o.Limits.RateLimits = false);
        await using var consumer = await free.ConsumerAsync("demo");

        Assert.Equal(300, await SucceedAsync(consumer, 300));
        Assert.Contains(free.Logs, line => line.Contains("RATE LIMITS ARE OFF"));
    }

    [Fact]
    public async Task An_account_may_have_limits_of_its_own()
    {
        var account = await server.NewAccountAsync(new AccountSettings
        {
            Limits = new LimitOverrides { ConsumerBurst = 5, ConsumerRequestsPerSecond = 0, AgentBurst = 3, AgentRequestsPerSecond = 0, TextCharacters = 4, FrameBytes = 400 },
        });
        await using var consumer = await server.ConsumerAsync(account);
        await using var agent = await server.AgentAsync(account);

        var dialog = await Talk.OpenConversationAsync(consumer);
        Assert.Equal(400, (await consumer.RequestAsync("ms.PublishEvent", WireClient.PublishBody(dialog, "12345"))).Code);
        Assert.Equal("0", await consumer.PublishAsync(dialog, "1234"));
        Assert.Equal(2, await SucceedAsync(consumer, 4));
        Assert.Equal(3, await SucceedAsync(agent, 5));
        await consumer.SendAsync(new string(' ', 400));
        Assert.Equal(429, (await consumer.AnswerAsync("-1")).Code);
        await consumer.SendAsync(new string(' ', 401));
        Assert.Equal(1009, (await consumer.ClosedAsync()).CloseCode);
    }

    [Fact]
    public async Task A_socket_follows_at_most_32_lists_rings_and_states()
    {
        await using var agent = await server.AgentAsync(await server.NewAccountAsync());
        string[] types = [".ams.routing.SubscribeRoutingTasks", ".ams.aam.SubscribeExConversations", ".ams.routing.SubscribeAgentsState"];
        var list = "";
        for (var i = 0; i < 32; i++)
        {
            var answer = await agent.DoAsync(types[i % 3]);
            if (i % 3 == 1) list = (string)answer.Body!["subscriptionId"]!;
        }

        foreach (var type in types) Assert.Equal((type, 400), (type, (await agent.RequestAsync(type)).Code));
        await agent.DoAsync(".ams.aam.UnsubscribeExConversations", $$"""{"subscriptionId":"{{list}}"}""");
        await agent.DoAsync(types[0]);
        Assert.Equal(404, (await agent.RequestAsync(".ams.aam.UnsubscribeExConversations", $$"""{"subscriptionId":"{{list}}"}""")).Code);
    }

    // A socket could follow any number of dialogs, each of which keeps its conversation in memory.
    [Fact]
    public async Task A_socket_follows_a_bounded_number_of_dialogs()
    {
        await using var small = await MessagingServer.StartAsync(o => o.Limits.Dialogs = 2);
        await using var consumer = await small.ConsumerAsync("demo");
        string[] dialogs = [await Talk.OpenConversationAsync(consumer), await Talk.OpenConversationAsync(consumer), await Talk.OpenConversationAsync(consumer)];

        foreach (var dialog in dialogs[..2]) await consumer.DoAsync("ms.SubscribeMessagingEvents", Body(dialog));
        Assert.Equal(400, (await consumer.RequestAsync("ms.SubscribeMessagingEvents", Body(dialogs[2]))).Code);
        await consumer.DoAsync("ms.SubscribeMessagingEvents", Body(dialogs[0]));

        static string Body(string dialog) => $$"""{"dialogId":"{{dialog}}"}""";
    }

    private static async Task<int> SucceedAsync(WireClient client, int requests)
    {
        var ids = Enumerable.Range(0, requests).Select(_ => client.NewId()).ToList();
        await client.SendRawAsync([.. ids.Select(id => ClientFrame.Text(WireClient.Request(id, "GetClock")))]);
        var codes = new List<int>();
        foreach (var id in ids) codes.Add((await client.AnswerAsync(id)).Code);
        Assert.All(codes, code => Assert.True(code is 200 or 429));
        return codes.Count(code => code == 200);
    }
}
