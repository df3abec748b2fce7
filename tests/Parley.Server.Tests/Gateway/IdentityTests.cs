using Microsoft.Extensions.Time.Testing;
using Parley.Protocol;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway;

/// <summary>Who may speak on a socket, and how he says who he is.</summary>
public sealed class IdentityTests(MessagingServer server)
{
    private const string OpenList = "cqm.SubscribeExConversations";

    [Theory]
    [InlineData("Authorization: jwt {0}")]
    [InlineData("Authorization:jwt {0}")]
    [InlineData("authorization: JWT {0}")]
    [Checklist(3)]
    public async Task A_consumer_says_who_he_is_in_the_upgrade(string header)
    {
        var jwt = await server.SignupAsync("demo");
        await using var client = new WireClient(await server.OpenAsync(MessagingServer.ConsumerPath("demo"), string.Format(header, jwt)), Dialect.V3);

        await client.DoAsync(OpenList);
    }

    [Theory]
    [InlineData("2", Dialect.V2, ".GetClock$Response")]
    [InlineData("3", Dialect.V3, "GetClockResponse")]
    public async Task The_old_path_carries_the_token_and_the_query_the_generation(string version, Dialect dialect, string type)
    {
        var jwt = await server.SignupAsync("demo");
        await using var client = new WireClient(await server.OpenAsync(MessagingServer.ConsumerPath("demo", $"/{jwt}?v={version}")), dialect);

        Assert.Equal(type, (await client.DoAsync("GetClock")).Type);
        await client.DoAsync(OpenList);
    }

    [Fact]
    [ClientRule(24)]
    [Checklist(18)]
    [CompatibilityRule(25)]
    public async Task A_token_that_is_no_token_completes_the_upgrade_and_closes_4401()
    {
        await using var client = new WireClient(await server.OpenAsync(MessagingServer.ConsumerPath("demo"), "Authorization: jwt nonsense"), Dialect.V3);

        var close = await client.ClosedAsync();

        Assert.Equal((4401, "Identity token is invalid"), (close.CloseCode, close.CloseReason));
    }

    [Fact]
    public async Task A_token_of_another_account_closes_4401()
    {
        var jwt = await server.SignupAsync(await server.NewAccountAsync());
        await using var client = new WireClient(await server.OpenAsync(MessagingServer.ConsumerPath("demo"), $"Authorization: jwt {jwt}"), Dialect.V3);

        Assert.Equal(4401, (await client.ClosedAsync()).CloseCode);
    }

    [Fact]
    public async Task A_revoked_token_closes_4401_at_the_upgrade_and_on_sockets_that_are_open()
    {
        var issued = server.Server.Identity.ConsumerTokens.Issue("demo");
        await using var open = await server.ConsumerAsync("demo", issued.Jwt);
        await using var other = await server.ConsumerAsync("demo");
        await open.CatchUpAsync();

        await server.Server.Identity.ConsumerTokens.RevokeAsync("demo", issued.Consumer.TokenId);

        Assert.Equal(4401, (await open.ClosedAsync()).CloseCode);
        await using var late = await server.ConsumerAsync("demo", issued.Jwt);
        Assert.Equal(4401, (await late.ClosedAsync()).CloseCode);
        await other.CatchUpAsync();
    }

    [Theory]
    [InlineData("/{0}?v=2.1")]
    [InlineData("/{0}?v=2&integrationVersion=3.7.0")]
    [InlineData("/{0}")]
    public async Task An_agent_says_who_he_is_in_the_path(string path)
    {
        var account = await server.NewAccountAsync();
        var bearer = (string)(await server.LoginAsync(account))["bearer"]!;
        await using var client = new WireClient(await server.OpenAsync(MessagingServer.BrandPath(account) + string.Format(path, bearer)), Dialect.V2);

        Assert.Equal(".GetClock$Response", (await client.DoAsync(".GetClock")).Type);
    }

    [Fact]
    public async Task An_agent_may_say_who_he_is_in_a_header()
    {
        var account = await server.NewAccountAsync();
        var bearer = (string)(await server.LoginAsync(account))["bearer"]!;
        await using var client = new WireClient(await server.OpenAsync($"{MessagingServer.BrandPath(account)}?v=2", $"Authorization: jwt {bearer}"), Dialect.V2);

        await client.DoAsync(".ams.routing.SetAgentState", """{"availability":"AWAY"}""");
    }

    [Theory]
    [InlineData("/0123456789abcdef0123456789abcdef?v=2")]
    [InlineData("?v=2")]
    [ClientRule(24)]
    [Checklist(18)]
    [CompatibilityRule(11)]
    public async Task A_bad_bearer_is_refused_401_at_the_upgrade(string path)
    {
        await using var socket = await RawSocket.ConnectAsync(server.Bound.Http.Port);

        Assert.Equal(401, (await socket.UpgradeAsync(MessagingServer.BrandPath("demo") + path)).Status);
    }

    [Fact]
    [ClientRule(24)]
    public async Task A_bearer_of_another_account_is_refused_401()
    {
        var bearer = (string)(await server.LoginAsync(await server.NewAccountAsync()))["bearer"]!;
        await using var socket = await RawSocket.ConnectAsync(server.Bound.Http.Port);

        Assert.Equal(401, (await socket.UpgradeAsync($"{MessagingServer.BrandPath("demo")}/{bearer}?v=2")).Status);
    }

    [Fact]
    [ClientRule(24)]
    public async Task A_disabled_agent_is_closed_4401()
    {
        var account = await server.NewAccountAsync();
        await using var agent = await server.AgentAsync(account);
        await agent.CatchUpAsync();

        await server.Server.Identity.Agents.SetEnabledAsync(server.Server.Identity.Agents.Find(account, agent.UserId)!, enabled: false);

        Assert.Equal(4401, (await agent.ClosedAsync()).CloseCode);
    }

    [Fact]
    public async Task A_disabled_account_closes_everybody_4401()
    {
        var account = await server.NewAccountAsync();
        await using var agent = await server.AgentAsync(account);
        await using var consumer = await server.ConsumerAsync(account);
        await agent.CatchUpAsync();
        await consumer.CatchUpAsync();

        await server.Server.Identity.Accounts.DisableAsync(account);

        Assert.Equal(4401, (await agent.ClosedAsync()).CloseCode);
        Assert.Equal(4401, (await consumer.ClosedAsync()).CloseCode);
    }

    [Fact]
    [ClientRule(24)]
    [Checklist(18)]
    [CompatibilityRule(11)]
    public async Task Identities_that_expire_are_closed_without_a_frame_arriving()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var timed = await MessagingServer.StartAsync(o =>
        {
            o.Identity.SessionMinutes = 2;
            o.Limits.IdleSeconds = 100_000;
        }, time);
        var jwt = timed.Server.Identity.ConsumerTokens.Issue("demo", lifetime: TimeSpan.FromMinutes(3)).Jwt;
        var login = await timed.LoginAsync("demo");
        await using var agent = await timed.AgentAsync("demo", login);
        await using var consumer = await timed.ConsumerAsync("demo", jwt);
        await agent.CatchUpAsync();
        await consumer.CatchUpAsync();

        time.Advance(TimeSpan.FromSeconds(119));
        await agent.CatchUpAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(4401, (await agent.ClosedAsync()).CloseCode);
        await using var refused = await RawSocket.ConnectAsync(timed.Bound.Http.Port);
        Assert.Equal(401, (await refused.UpgradeAsync($"{MessagingServer.BrandPath("demo")}/{(string)login["bearer"]!}?v=2")).Status);
        await consumer.CatchUpAsync();

        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(4407, (await consumer.ClosedAsync()).CloseCode);
        await using var late = await timed.ConsumerAsync("demo", jwt);
        Assert.Equal(4407, (await late.ClosedAsync()).CloseCode);
        await using var stranger = await timed.StrangerAsync("demo");
        await stranger.SendAsync(Init(jwt));
        Assert.Equal(401, (await stranger.AnswerAsync("init")).Code);
        Assert.Equal(4407, (await stranger.ClosedAsync()).CloseCode);
    }

    [Fact]
    [ClientRule(7)]
    [CompatibilityRule(17)]
    public async Task The_clock_is_told_before_InitConnection_and_nothing_else()
    {
        await using var stranger = await server.StrangerAsync("demo");

        Assert.Equal(200, (await stranger.RequestAsync("GetClock")).Code);
        foreach (var type in (string[])[OpenList, "cm.ConsumerRequestConversation", "ms.PublishEvent", "ms.QueryMessages", "userprofile.GetUserProfile", "routing.SetAgentState"])
            Assert.Equal((type, 401), (type, (await stranger.RequestAsync(type)).Code));
    }

    [Fact]
    [ClientRule(2)]
    [ClientRule(7)]
    [Checklist(3)]
    [CompatibilityRule(17)]
    public async Task Requests_may_follow_InitConnection_in_the_same_write()
    {
        await using var stranger = await server.StrangerAsync("demo");

        await stranger.SendRawAsync(
            ClientFrame.Text(WireClient.Request("clock", "GetClock")),
            ClientFrame.Text(Init(await server.SignupAsync("demo"))),
            ClientFrame.Text(WireClient.Request("list", OpenList)),
            ClientFrame.Text(WireClient.Request("open", "cm.ConsumerRequestConversation")));

        await stranger.AnswerAsync("open");
        var answers = stranger.Frames.Where(f => f.Kind == "resp").ToList();
        Assert.Equal(["clock", "init", "list", "open"], answers.Select(a => a.ReqId));
        Assert.All(answers, a => Assert.Equal(200, a.Code));
        Assert.Equal((".ReqBody$StringResp", "OK Connection initialized"), (answers[1].Type, (string?)answers[1].Body));
    }

    [Theory]
    [InlineData("""[{"type":".ams.headers.ClientProperties","os":"Mozilla/5.0 (X11)","appId":7},{"type":".ams.headers.ConsumerAuthentication","jwt":"JWT"}]""")]
    [InlineData("""[{"type":".ams.headers.ConsumerAuthentication","jwt":"JWT"},{"type":".ams.headers.ClientProperties","features":"none"}]""")]
    [InlineData("""[{"type":"ConsumerAuthentication","jwt":"JWT"}]""")]
    [CompatibilityRule(19)]
    public async Task InitConnection_takes_its_headers_in_any_order_and_judges_no_property(string headers)
    {
        await using var stranger = await server.StrangerAsync("demo");

        await stranger.SendAsync($$"""{"id":"init","type":"InitConnection","headers":{{headers.Replace("JWT", await server.SignupAsync("demo"))}}}""");

        Assert.Equal(200, (await stranger.AnswerAsync("init")).Code);
        await stranger.DoAsync(OpenList);
    }

    [Fact]
    [CompatibilityRule(19)]
    public async Task Client_properties_are_shown_to_the_agent_whatever_they_hold()
    {
        var account = await server.NewAccountAsync();
        await using var manager = await server.AgentAsync(account, AgentRole.Manager);
        await manager.DoAsync(".ams.aam.SubscribeExConversations");
        var jwt = await server.SignupAsync(account);
        var socket = await server.OpenAsync(
            MessagingServer.ConsumerPath(account), $"Authorization: jwt {jwt}", """Client-Properties: {"type":".ClientProperties","appId":"webAsync","os":7,"ipAddress":"forged"}""");
        await using var consumer = new WireClient(socket, Dialect.V3);
        await Talk.OpenConversationAsync(consumer);

        var record = await manager.NotificationAsync(".ams.aam.ExConversationChangeNotification", f => f.Change is not null);

        var shown = record.Change!["result"]!["conversationDetails"]!["context"]!["clientProperties"]!;
        Assert.Equal((".ClientProperties", "webAsync", "7", "127.0.0.1"), ((string?)shown["type"], (string?)shown["appId"], shown["os"]!.ToJsonString(), (string?)shown["ipAddress"]));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"appId":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    [CompatibilityRule(19)]
    public async Task Client_properties_that_cannot_be_read_are_no_reason_to_refuse(string properties)
    {
        var jwt = await server.SignupAsync("demo");
        var socket = await server.OpenAsync(MessagingServer.ConsumerPath("demo"), $"Authorization: jwt {jwt}", $"Client-Properties: {properties}");
        await using var client = new WireClient(socket, Dialect.V3);

        await client.DoAsync(OpenList);
    }

    [Fact]
    public async Task A_bad_token_in_InitConnection_is_answered_401_and_closes_4401()
    {
        await using var stranger = await server.StrangerAsync("demo");

        await stranger.SendAsync(Init("nonsense"));

        Assert.Equal(401, (await stranger.AnswerAsync("init")).Code);
        Assert.Equal(4401, (await stranger.ClosedAsync()).CloseCode);
    }

    [Fact]
    public async Task InitConnection_without_a_token_is_answered_401_and_may_be_repeated()
    {
        await using var stranger = await server.StrangerAsync("demo");

        await stranger.SendAsync("""{"id":"first","type":"InitConnection","headers":[]}""");
        Assert.Equal(401, (await stranger.AnswerAsync("first")).Code);

        for (var i = 0; i < 2; i++)
        {
            await stranger.SendAsync(Init(await server.SignupAsync("demo")));
            Assert.Equal(200, (await stranger.AnswerAsync("init")).Code);
        }
    }

    [Fact]
    [Checklist(3)]
    public async Task A_socket_without_an_identity_is_closed_4401_after_ten_seconds()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var timed = await MessagingServer.StartAsync(time: time);
        await using var stranger = await timed.StrangerAsync("demo");
        await stranger.CatchUpAsync();

        time.Advance(TimeSpan.FromSeconds(9));
        await stranger.CatchUpAsync();
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(4401, (await stranger.ClosedAsync()).CloseCode);
    }

    private static string Init(string jwt) =>
        $$"""{"kind":"req","id":"init","type":"InitConnection","body":{},"headers":[{"type":".ams.headers.ConsumerAuthentication","jwt":"{{jwt}}"}]}""";
}
