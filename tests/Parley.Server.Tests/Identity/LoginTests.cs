using Parley.Server.Tests.Support;
using System.Net;
using System.Text.Json.Nodes;
using Parley.Server.Discovery;
using Parley.Server.Identity;
using Parley.Server.Tests.Hosting;

namespace Parley.Server.Tests.Identity;

public sealed class LoginTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Agent = "agent1";

    [Theory]
    [InlineData("")]
    [InlineData("?v=1.1")]
    [InlineData("?v=1.2")]
    [InlineData("?v=1.3")]
    [CompatibilityRule(9)]
    public async Task Rule_21_login_answers_what_clients_read(string query)
    {
        var server = shared.Server;
        var response = await server.LoginAsync(Agent, server.Env["LP_PASS"], query: query);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        var agent = server.Server.Identity.Agents.FindByLogin("demo", Agent)!;
        Assert.Equal(agent.Number, (string?)body["config"]!["userId"]);
        Assert.Equal(agent.Pid, (string?)body["config"]!["userPid"]);
        Assert.Equal(Agent, (string?)body["config"]!["loginName"]);
        Assert.Equal("UTC", (string?)body["config"]!["accountTimeZoneId"]);
        Assert.False((bool)body["config"]!["isAdmin"]!);
        Assert.False((bool)body["config"]!["isLPA"]!);
        Assert.Equal("28800000", (string?)body["sessionTTl"]);
        Assert.Null(body["error"]);
        var services = body["csdsCollectionResponse"]!["baseURIs"]!.AsArray();
        Assert.Equal(Services.Names, services.Select(entry => (string)entry!["service"]!));
        Assert.All(services, entry => Assert.Equal(("demo", $"127.0.0.1:{server.Bound.Https.Port}"), ((string?)entry!["account"], (string?)entry["baseURI"])));
    }

    [Fact]
    public async Task Rule_21_the_cookie_is_session_id_for_this_host_alone()
    {
        var server = shared.Server;
        var response = await server.LoginAsync(Agent, server.Env["LP_PASS"]);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Matches("^session_id=[0-9a-f]{64}; path=/; secure; samesite=lax; httponly$", cookie);
    }

    [Fact]
    public async Task Rule_20_bearer_and_csrf_are_hex()
    {
        var server = shared.Server;
        var session = await Session.OpenAsync(server);
        Assert.Matches("^[0-9a-f]{64}$", session.Bearer);
        Assert.Matches("^[0-9a-f]{64}$", session.Csrf);
    }

    [Fact]
    public async Task A_bearer_finds_its_agent_in_its_account_until_it_expires()
    {
        await using var server = await TestServer.StartAsync();
        var session = await Session.OpenAsync(server);
        var sessions = server.Server.Identity.Sessions;
        Assert.Equal(Agent, sessions.FindByBearer("demo", session.Bearer)!.Agent.Login);
        await server.OperateAsync("accounts", """{"account":"other"}""");
        Assert.Null(sessions.FindByBearer("other", session.Bearer));
        Assert.Null(sessions.FindByBearer("demo", new string('0', 64)));
        server.Time.Advance(TimeSpan.FromHours(8));
        Assert.Null(sessions.FindByBearer("demo", session.Bearer));
    }

    [Fact]
    public async Task Sessions_survive_a_restart()
    {
        await using var server = await TestServer.StartAsync();
        var session = await Session.OpenAsync(server);
        await server.RestartAsync();
        Assert.Equal(Agent, server.Server.Identity.Sessions.FindByBearer("demo", session.Bearer)!.Agent.Login);
        Assert.Equal(HttpStatusCode.OK, (await session.PostAsync(server, "refresh")).StatusCode);
    }

    [Fact]
    public async Task Refresh_gives_another_eight_hours_also_to_the_session_that_is_held()
    {
        await using var server = await TestServer.StartAsync();
        var session = await Session.OpenAsync(server);
        var held = server.Server.Identity.Sessions.FindByBearer("demo", session.Bearer)!;
        server.Time.Advance(TimeSpan.FromHours(7));
        var response = await session.PostAsync(server, "refresh", "?v=1.3");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        server.Time.Advance(TimeSpan.FromHours(7));
        Assert.Same(held, server.Server.Identity.Sessions.FindByBearer("demo", session.Bearer));
        Assert.Equal(server.Time.GetUtcNow().AddHours(1), held.ExpiresAt, TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("no cookie")]
    [InlineData("wrong cookie")]
    [InlineData("wrong csrf")]
    [InlineData("no csrf")]
    [InlineData("no body")]
    [InlineData("expired")]
    public async Task Rule_21_refresh_and_logout_need_cookie_and_csrf(string fault)
    {
        await using var server = await TestServer.StartAsync();
        var session = await Session.OpenAsync(server);
        if (fault == "expired")
        {
            server.Time.Advance(TimeSpan.FromHours(8));
        }

        foreach (var action in (string[])["refresh", "logout"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/account/demo/{action}");
            request.Content = fault switch
            {
                "no body" => null,
                "no csrf" => TestServer.Json($$"""{"csfr":"{{session.Csrf}}"}"""),
                "wrong csrf" => TestServer.Json($$"""{"csrf":"{{new string('0', 64)}}"}"""),
                _ => TestServer.Json($$"""{"csrf":"{{session.Csrf}}"}"""),
            };
            if (fault != "no cookie")
            {
                request.Headers.Add("Cookie", fault == "wrong cookie" ? $"session_id={new string('0', 64)}" : session.Cookie);
            }

            var response = await server.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
            Assert.Equal((10, "UNAUTHORIZED"), ((int)error["internalCode"]!, (string?)error["responseStatus"]));
            Assert.NotEmpty((string)error["time"]!);
        }
    }

    [Fact]
    public async Task Logout_ends_the_session_for_good_and_tells_the_gateway()
    {
        await using var server = await TestServer.StartAsync();
        var session = await Session.OpenAsync(server);
        var id = server.Server.Identity.Sessions.FindByBearer("demo", session.Bearer)!.Id;
        var revocations = new List<Revocation>();
        server.Server.Identity.Events.Revoked += revocations.Add;
        Assert.Equal(HttpStatusCode.OK, (await session.PostAsync(server, "logout")).StatusCode);
        Assert.Equal([new Revocation(RevocationKind.SessionEnded, "demo", id)], revocations);
        Assert.Null(server.Server.Identity.Sessions.FindByBearer("demo", session.Bearer));
        await server.RestartAsync();
        Assert.Null(server.Server.Identity.Sessions.FindByBearer("demo", session.Bearer));
        Assert.Equal(HttpStatusCode.Unauthorized, (await session.PostAsync(server, "refresh")).StatusCode);
    }

    [Fact]
    public async Task A_bearer_serves_in_place_of_the_cookie_that_another_tab_has_replaced()
    {
        await using var server = await TestServer.StartAsync();
        var (first, second) = (await Session.OpenAsync(server), await Session.OpenAsync(server));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("refresh", first.Bearer, first.Csrf, second.Cookie)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync("refresh", first.Bearer, second.Csrf, second.Cookie)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync("logout", new string('0', 64), first.Csrf, second.Cookie)).StatusCode);

        using var left = await PostAsync("logout", first.Bearer, first.Csrf, second.Cookie);

        Assert.Equal((HttpStatusCode.OK, false), (left.StatusCode, left.Headers.Contains("Set-Cookie")));
        Assert.Null(server.Server.Identity.Sessions.FindByBearer("demo", first.Bearer));
        Assert.NotNull(server.Server.Identity.Sessions.FindByBearer("demo", second.Bearer));

        Task<HttpResponseMessage> PostAsync(string action, string bearer, string csrf, string cookie)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"/api/account/demo/{action}") { Content = TestServer.Json($$"""{"csrf":"{{csrf}}"}""") };
            request.Headers.Add("Cookie", cookie);
            request.Headers.Authorization = new("Bearer", bearer);
            return server.Http.SendAsync(request);
        }
    }

    [Theory]
    [InlineData("agent1", "agent", false)]
    [InlineData("manager1", "admin", true)]
    public async Task A_login_tells_the_role(string login, string role, bool isAdmin)
    {
        await using var server = await TestServer.StartAsync();
        using var answer = await server.LoginAsync(login, server.Env[login == "agent1" ? "LP_PASS" : "LP_MANAGER_PASS"]);
        var config = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["config"]!;
        Assert.Equal((role, isAdmin), ((string?)config["role"], (bool)config["isAdmin"]!));
    }

    [Fact]
    public async Task Keys_log_in_like_a_password_and_every_one_of_them_counts()
    {
        await using var server = await TestServer.StartAsync();
        var keys = (await server.OperateAsync("agents/keys", $$"""{"login":"{{Agent}}"}""")).AsObject();
        Assert.Equal(["appKey", "secret", "accessToken", "accessTokenSecret"], keys.Select(key => key.Key));
        Assert.Equal(HttpStatusCode.OK, (await LoginAsync(Agent, keys)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await LoginAsync("manager1", keys)).StatusCode);
        foreach (var name in keys.Select(key => key.Key).ToArray())
        {
            var wrong = keys.DeepClone().AsObject();
            wrong[name] = new string('0', 32);
            Assert.Equal(HttpStatusCode.Unauthorized, (await LoginAsync(Agent, wrong)).StatusCode);
            wrong.Remove(name);
            Assert.Equal(HttpStatusCode.BadRequest, (await LoginAsync(Agent, wrong)).StatusCode);
        }

        await server.RestartAsync();
        Assert.Equal(HttpStatusCode.OK, (await LoginAsync(Agent, keys)).StatusCode);

        Task<HttpResponseMessage> LoginAsync(string login, JsonObject with)
        {
            var body = with.DeepClone().AsObject();
            body["username"] = login;
            return server.Http.PostAsync("/api/account/demo/login?v=1.3", TestServer.Json(body.ToJsonString()));
        }
    }

    [Theory]
    [InlineData("""{"jwt":"dummy","assertion":"PHNhbWw+"}""", 400, "SAML")]
    [InlineData("""{"jwt":"dummy","assertion":7}""", 400, "JSON")]
    [InlineData("""{"username":"agent1"}""", 400, "password")]
    [InlineData("""{"password":"x"}""", 400, "username")]
    [InlineData("""{"username":"agent1","password":""}""", 400, "password")]
    [InlineData("{broken", 400, "JSON")]
    [InlineData("[]", 400, "JSON")]
    [InlineData("", 400, "JSON")]
    [InlineData("""{"username":"agent1","password":"wrong-password"}""", 401, "Login failed")]
    public async Task Other_bodies_are_refused_clearly(string body, int status, string message)
    {
        var server = shared.Server;
        var response = await server.Http.PostAsync("/api/account/demo/login", TestServer.Json(body));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(message, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["message"]);
    }

    [Fact]
    public async Task S11_unknown_login_wrong_password_disabled_agent_and_unknown_account_look_alike()
    {
        await using var server = await TestServer.StartAsync();
        await server.OperateAsync("agents/disable", """{"login":"manager1"}""");
        var answers = new List<string>();
        foreach (var (account, login, password) in ((string, string, string)[])
            [("demo", "nobody", "wrong-password"), ("demo", Agent, "wrong-password"), ("demo", "manager1", server.Env["LP_MANAGER_PASS"]), ("unknown", Agent, server.Env["LP_PASS"])])
        {
            var response = await server.LoginAsync(login, password, account);
            answers.Add($"{response.StatusCode} {await response.Content.ReadAsStringAsync()} {string.Join(',', response.Headers.Select(header => header.Key).Order())}");
        }

        Assert.StartsWith("Unauthorized", answers[0]);
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task S11_after_ten_failures_a_login_is_refused_with_429_until_some_are_forgiven()
    {
        await using var server = await TestServer.StartAsync();
        var password = server.Env["LP_PASS"];
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await server.LoginAsync(Agent, "wrong-password")).StatusCode);
        }

        var limited = await server.LoginAsync(Agent, password);
        Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), limited.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.OK, (await server.LoginAsync("manager1", server.Env["LP_MANAGER_PASS"])).StatusCode);
        server.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(HttpStatusCode.OK, (await server.LoginAsync(Agent, password)).StatusCode);
    }

    [Fact]
    public async Task S11_parallel_guesses_get_no_further_than_single_ones()
    {
        // At the shipped cost, so that the guesses do overlap.
        await using var server = await TestServer.StartAsync(options => options.Identity.PasswordIterations = PasswordHash.ShippedIterations);
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => server.LoginAsync(Agent, $"wrong-password-{i}")));
        Assert.Equal(10, answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized));
        Assert.Equal(6, answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task Successes_cost_nothing()
    {
        await using var server = await TestServer.StartAsync();
        var keys = (await server.OperateAsync("agents/keys", $$"""{"login":"{{Agent}}"}""")).AsObject();
        keys["username"] = Agent;
        for (var i = 0; i < 150; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await server.Http.PostAsync("/api/account/demo/login", TestServer.Json(keys.ToJsonString()))).StatusCode);
        }
    }

    [Fact]
    public async Task A_disabled_agent_is_out_at_once_and_comes_back_with_a_new_login()
    {
        await using var server = await TestServer.StartAsync();
        var session = await Session.OpenAsync(server);
        var revocations = new List<Revocation>();
        server.Server.Identity.Events.Revoked += revocations.Add;
        var agent = server.Server.Identity.Agents.FindByLogin("demo", Agent)!;
        await server.OperateAsync("agents/disable", $$"""{"login":"{{Agent}}"}""");
        Assert.Contains(new Revocation(RevocationKind.AgentDisabled, "demo", agent.Pid), revocations);
        Assert.Null(server.Server.Identity.Sessions.FindByBearer("demo", session.Bearer));
        await server.OperateAsync("agents/enable", $$"""{"login":"{{Agent}}"}""");
        Assert.Null(server.Server.Identity.Sessions.FindByBearer("demo", session.Bearer));
        Assert.Equal(HttpStatusCode.OK, (await server.LoginAsync(Agent, server.Env["LP_PASS"])).StatusCode);
    }

    [Fact]
    public async Task A_new_password_replaces_the_old_and_ends_the_sessions()
    {
        await using var server = await TestServer.StartAsync();
        var session = await Session.OpenAsync(server);
        await server.OperateAsync("agents/password", $$"""{"login":"{{Agent}}","password":"another-password"}""");
        Assert.Null(server.Server.Identity.Sessions.FindByBearer("demo", session.Bearer));
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.LoginAsync(Agent, server.Env["LP_PASS"])).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.LoginAsync(Agent, "another-password")).StatusCode);
    }

    [Fact]
    public async Task A_disabled_account_closes_its_sessions()
    {
        await using var server = await TestServer.StartAsync();
        var session = await Session.OpenAsync(server);
        await server.OperateAsync("accounts/disable", """{"account":"demo"}""");
        Assert.Null(server.Server.Identity.Sessions.FindByBearer("demo", session.Bearer));
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.LoginAsync(Agent, server.Env["LP_PASS"])).StatusCode);
    }

    private sealed record Session(string Bearer, string Csrf, string Cookie)
    {
        public static async Task<Session> OpenAsync(TestServer server)
        {
            var response = await server.LoginAsync(Agent, server.Env["LP_PASS"]);
            var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            return new Session((string)body["bearer"]!, (string)body["csrf"]!, response.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        }

        public Task<HttpResponseMessage> PostAsync(TestServer server, string action, string query = "")
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"/api/account/demo/{action}{query}") { Content = TestServer.Json($$"""{"csrf":"{{Csrf}}"}""") };
            request.Headers.Add("Cookie", Cookie);
            return server.Http.SendAsync(request);
        }
    }
}
