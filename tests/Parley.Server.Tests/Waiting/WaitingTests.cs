using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Waiting;

/// <summary>Where a consumer's own conversation stands in the queue.</summary>
public sealed class WaitingTests : IAsyncLifetime
{
    // A Friday afternoon in Berlin.
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 20, 15, 0, 0, TimeSpan.Zero));
    private MessagingServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await MessagingServer.StartAsync(options => (options.Limits.IdleSeconds, options.Limits.RateLimits) = (int.MaxValue, false), _time);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_consumer_reads_his_place_until_he_has_an_agent()
    {
        var account = await _server.NewAccountAsync();
        var (first, second) = (await _server.SignupAsync(account), await _server.SignupAsync(account));
        var ahead = await OpenAsync(account, first);
        _time.Advance(TimeSpan.FromSeconds(1));
        var behind = await OpenAsync(account, second);

        Assert.Equal((1, 2), (await PositionAsync(account, first, ahead), await PositionAsync(account, second, behind)));
        await using var agent = await AgentAsync(account, slots: 1);
        await AcceptAsync(agent, ahead);
        Assert.Null(await PositionAsync(account, first, ahead, position => position is null));
        Assert.Equal(1, await PositionAsync(account, second, behind));
        Assert.Null((long?)(await BodyAsync(account, first, ahead))["estimateSeconds"]);
    }

    [Fact]
    public async Task An_estimate_is_given_only_while_somebody_is_there()
    {
        var account = await _server.NewAccountAsync();
        await using var agent = await AgentAsync(account, slots: 2);
        for (var i = 0; i < 2; i++)
        {
            await AcceptAsync(agent, await OpenAsync(account, await _server.SignupAsync(account)));
            _time.Advance(TimeSpan.FromSeconds(30));
        }

        var jwt = await _server.SignupAsync(account);
        var waiting = await OpenAsync(account, jwt);
        Assert.Equal(1, await PositionAsync(account, jwt, waiting, position => position == 1));
        Assert.Equal(30, (long?)(await BodyAsync(account, jwt, waiting))["estimateSeconds"]);

        await agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"AWAY"}""");
        await (await Admin.Api.AdminDesk.OpenAsync(_server, AgentRole.Manager, account)).GetAsync("routing/queue");
        Assert.Null((long?)(await BodyAsync(account, jwt, waiting))["estimateSeconds"]);
        Assert.Equal(1, await PositionAsync(account, jwt, waiting));
    }

    [Fact]
    public async Task Outside_working_hours_it_says_until_when_nobody_is_there()
    {
        var account = await _server.NewAccountAsync(new()
        {
            WorkingHours = new WorkingHours("Europe/Berlin", new Dictionary<string, IReadOnlyList<string>> { ["monday"] = ["09:00-18:00"] }),
        });
        var jwt = await _server.SignupAsync(account);
        var id = await OpenAsync(account, jwt);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), (long?)(await BodyAsync(account, jwt, id))["delayUntil"]);
    }

    [Fact]
    public async Task Nobody_else_reads_it()
    {
        var (account, foreign) = (await _server.NewAccountAsync(), await _server.NewAccountAsync());
        var owner = await _server.SignupAsync(account);
        var id = await OpenAsync(account, owner);
        var agent = (string)(await _server.LoginAsync(account))["bearer"]!;

        Assert.Equal(200, await StatusAsync(account, $"jwt {owner}", id));
        Assert.Equal(200, await StatusAsync(account, $"Bearer {owner}", id));
        Assert.Equal(404, await StatusAsync(account, $"jwt {await _server.SignupAsync(account)}", id));
        Assert.Equal(404, await StatusAsync(account, $"jwt {owner}", Guid.NewGuid().ToString()));
        Assert.Equal(404, await StatusAsync(account, $"jwt {owner}", ""));
        Assert.Equal(401, await StatusAsync(foreign, $"jwt {owner}", id));
        foreach (var other in new[] { "", "jwt", "jwt wrong", owner, $"Bearer {agent}", $"Basic {owner}" }) Assert.Equal(401, await StatusAsync(account, other, id));
    }

    [Fact]
    public async Task Who_asks_too_often_waits()
    {
        await using var server = await MessagingServer.StartAsync(options => (options.Limits.ConsumerBurst, options.Limits.ConsumerRequestsPerSecond) = (2, 1), _time);
        var jwt = await server.SignupAsync("demo");
        for (var i = 0; i < 2; i++) Assert.Equal(404, (int)(await SendAsync(server, "demo", $"jwt {jwt}", "none")).StatusCode);
        using var refused = await SendAsync(server, "demo", $"jwt {jwt}", "none");
        Assert.Equal((429, "1"), ((int)refused.StatusCode, refused.Headers.RetryAfter?.ToString()));
    }

    private async Task<WireClient> AgentAsync(string account, int slots)
    {
        var agent = await _server.AgentAsync(account, await _server.LoginAsync(account, slots: slots));
        await agent.DoAsync(".ams.routing.SubscribeRoutingTasks");
        await agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"ONLINE"}""");
        return agent;
    }

    private static async Task AcceptAsync(WireClient agent, string conversationId)
    {
        var ring = await agent.NotificationAsync(".ams.routing.RoutingTaskNotification", f => (string?)f.Change?["result"]?["conversationId"] == conversationId);
        var ringId = (string)ring.Change!["result"]!["ringsDetails"]![0]!["ringId"]!;
        await agent.DoAsync(".ams.routing.UpdateRingState", $$"""{"ringId":"{{ringId}}","ringState":"ACCEPTED"}""");
    }

    private async Task<string> OpenAsync(string account, string jwt)
    {
        await using var consumer = await _server.ConsumerAsync(account, jwt);
        return await Talk.OpenConversationAsync(consumer);
    }

    // What is committed reaches routing in its own turn.
    private async Task<int?> PositionAsync(string account, string jwt, string id, Func<int?, bool>? expected = null)
    {
        var deadline = Task.Delay(RawSocket.Patience);
        while (true)
        {
            var position = (int?)(await BodyAsync(account, jwt, id))["position"];
            if (expected is null ? position is not null : expected(position)) return position;
            Assert.False(deadline.IsCompleted, $"The position stays {position}");
        }
    }

    private async Task<JsonNode> BodyAsync(string account, string jwt, string id)
    {
        using var answer = await SendAsync(_server, account, $"jwt {jwt}", id);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private async Task<int> StatusAsync(string account, string authorization, string id)
    {
        using var answer = await SendAsync(_server, account, authorization, id);
        return (int)answer.StatusCode;
    }

    private static Task<HttpResponseMessage> SendAsync(MessagingServer server, string account, string authorization, string id)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/account/{account}/messaging/consumer/waiting?conversationId={id}");
        if (authorization.Length > 0) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return server.Http.SendAsync(request);
    }
}
