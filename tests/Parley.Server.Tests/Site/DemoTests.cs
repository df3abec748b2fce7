using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Parley.Server.Hosting;
using Parley.Server.Tests.Hosting;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Site;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_tells_its_logins_to_this_machine()
    {
        await using var server = await TestServer.StartAsync(options => options.Demo = true);
        using var answer = await server.Http.GetAsync("/demo.json");
        var demo = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;

        Assert.Equal("demo", (string?)demo["account"]);
        Assert.Equal([("agent1", "agent"), ("manager1", "admin")], demo["agents"]!.AsArray().Select(agent => ((string?)agent!["login"], (string?)agent["role"])));
        foreach (var agent in demo["agents"]!.AsArray())
            Assert.Equal(HttpStatusCode.OK, (await server.LoginAsync((string)agent!["login"]!, (string)agent["password"]!)).StatusCode);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("localhost:8080", true)]
    [InlineData("127.0.0.1:8080", true)]
    [InlineData("[::1]:8080", true)]
    [InlineData("demo.example.com", false)]
    [InlineData("localhost.example.com", false)]
    [InlineData("127.0.0.1.example.com", false)]
    [InlineData("192.168.0.10", false)]
    public async Task Only_who_asks_for_this_machine_by_its_own_name_gets_them(string host, bool told)
    {
        await using var server = await TestServer.StartAsync(options => options.Demo = true);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{server.Bound.Http.Port}/demo.json") { Headers = { Host = host } };
        using var answer = await server.Http.SendAsync(request);
        Assert.Equal((told ? HttpStatusCode.OK : HttpStatusCode.NotFound, told), (answer.StatusCode, (await answer.Content.ReadAsStringAsync()).Contains("password")));
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("Via", "1.1 proxy")]
    public async Task Whoever_comes_through_a_proxy_does_not(string header, string value)
    {
        await using var server = await TestServer.StartAsync(options => options.Demo = true);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/demo.json");
        request.Headers.TryAddWithoutValidation(header, value);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Without_demo_mode_nobody_is_told_anything()
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await server.Http.GetAsync("/demo.json")).StatusCode);
        Assert.Empty(server.Server.Identity.Agents.Skills("demo"));
        Assert.Empty(server.Server.Identity.CannedAnswers.All("demo"));
    }

    public static TheoryData<string, Action<ServerOptions>> Exposures => new()
    {
        { "--http 0.0.0.0:0", options => options.Http = "0.0.0.0:0" },
        { "--https [::]:0", options => options.Https = "[::]:0" },
        { "public host chat.example.test", options => options.PublicHost = "chat.example.test" },
        { "trusted proxies", options => options.TrustedProxies.Add("10.0.0.0/8") },
    };

    [Theory]
    [MemberData(nameof(Exposures))]
    public async Task A_demo_that_others_could_reach_does_not_start(string named, Action<ServerOptions> expose)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"parley-test-{Guid.NewGuid():N}");
        var options = new ServerOptions { Data = folder, Http = "127.0.0.1:0", Https = "127.0.0.1:0", Demo = true };
        expose(options);
        await using var server = new ParleyServer(options);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => server.StartAsync());

        Assert.Contains(named, refusal.Message);
        Assert.Contains("--demo off", refusal.Message);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_new_demo_account_has_something_to_work_with_once()
    {
        await using var server = await TestServer.StartAsync(options => options.Demo = true);
        var identity = server.Server.Identity;
        Assert.Equal(["Sales", "Support"], identity.Agents.Skills("demo").Select(skill => skill.Name));
        Assert.All(identity.CannedAnswers.All("demo"), answer => Assert.NotNull(answer.Shortcut));
        Assert.Equal("Ada", identity.Agents.FindByLogin("demo", "agent1")!.Nickname);
        Assert.NotNull(identity.Accounts.Find("demo")!.Settings.BrandName);
        var count = identity.CannedAnswers.All("demo").Count();
        await identity.CannedAnswers.RemoveAsync("demo", identity.CannedAnswers.All("demo").First().Id);

        await server.RestartAsync();

        Assert.Equal(count - 1, server.Server.Identity.CannedAnswers.All("demo").Count());
    }

    [Fact]
    public async Task The_demo_agent_is_rung_for_a_conversation_of_any_skill_and_of_none_and_nothing_is_written_unasked()
    {
        await using var server = await MessagingServer.StartAsync(options => options.Demo = true);
        var env = EnvironmentFile.Read(Path.Combine(Path.GetDirectoryName(server.Bound.TrustFile)!, "lp.env"));
        using var login = await server.Http.PostAsJsonAsync("/api/account/demo/login?v=1.3", new { username = env["LP_USER"], password = env["LP_PASS"] });
        await using var agent = await server.AgentAsync("demo", (await login.Content.ReadFromJsonAsync<JsonNode>())!);
        await agent.DoAsync(".ams.routing.SubscribeRoutingTasks");
        await agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"ONLINE"}""");
        await using var consumer = await server.ConsumerAsync("demo");
        foreach (var body in (string[])["{}", """{"skillId":"1001"}""", """{"skillId":"1002"}"""])
        {
            var id = await Talk.OpenConversationAsync(consumer, body);
            await agent.NotificationAsync(".ams.routing.RoutingTaskNotification", f => (string?)f.Change?["result"]?["conversationId"] == id);
            Assert.Equal("0", await consumer.PublishAsync(id, "Hello"));
        }
    }

    [Fact]
    public async Task In_demo_mode_the_shop_is_at_the_root()
    {
        using var site = new BuiltSite();
        await using var server = await TestServer.StartAsync(options => (options.Demo, options.Site) = (true, site.Folder));
        using var answer = await server.Http.GetAsync("/");
        Assert.Contains("<title>shop</title>", await answer.Content.ReadAsStringAsync());
        Assert.Contains("script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single());
    }
}
