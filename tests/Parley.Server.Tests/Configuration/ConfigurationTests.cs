using System.Net;
using System.Text.Json.Nodes;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Configuration;

public sealed class ConfigurationTests(MessagingServer server)
{
    private AgentDirectory Agents => server.Server.Identity.Agents;

    [Fact]
    public async Task An_agent_reads_users_in_full()
    {
        var (account, bearer, self) = await DeskAsync();
        var ada = await AddAsync(account, "ada", AgentRole.Manager, ["sales"]);

        var users = await ReadAsync(Path(account, "/le-users/users?v=4.0&select=$all"), bearer);

        Assert.Equal(["ada", self.Login], users.AsArray().Select(user => (string)user!["loginName"]!).Order(StringComparer.Ordinal));
        var read = users.AsArray().Single(user => (string?)user!["pid"] == ada.Pid)!;
        var date = DateTimeOffset.FromUnixTimeMilliseconds(ada.Details.AddedTs!.Value).ToString("O");
        var expected = JsonNode.Parse(
            $$"""
            {"id":"{{ada.Number}}","pid":"{{ada.Pid}}","deleted":false,"loginName":"ada","fullName":"Ada Example","nickname":"Ada","email":"","isEnabled":true,"isApiUser":false,
            "userTypeId":2,"maxChats":0,"maxAsyncChats":7,"skillIds":["{{ada.SkillIds[0]}}"],"skills":[{"id":"{{ada.SkillIds[0]}}","name":"sales"}],
            "profiles":[{"id":3,"name":"Agent Manager","roleTypeId":3}],"profileIds":[3],"memberOf":{"agentGroupId":"-1","assignmentDate":"{{date}}"},
            "managerOf":[{"agentGroupId":"-1","assignmentDate":"{{date}}"}],"permissionGroups":[],"employeeId":"E-1","pictureUrl":"https://example.test/ada.png",
            "backgndImgUri":"","mobileNumber":"","pnCertName":"","description":"Shoes"}
            """);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected!.ToJsonString()), JsonNode.Parse(read.ToJsonString())), read.ToJsonString());
    }

    [Fact]
    public async Task One_user_is_found_by_number_old_id_and_public_id()
    {
        var (account, bearer, _) = await DeskAsync();
        var ada = await AddAsync(account, "ada");

        foreach (var path in new[] { ada.Number, ada.OldId, ada.Pid, $"pid/{ada.Pid}" })
            Assert.Equal("ada", (string?)(await ReadAsync(Path(account, $"/le-users/users/{path}?v=6.0"), bearer))["loginName"]);

        foreach (var path in new[] { "1", "nobody", "pid/nobody", $"pid/{ada.Number}", $"pid/{ada.OldId}" })
            Assert.Equal(404, await StatusAsync(Path(account, $"/le-users/users/{path}"), bearer));
    }

    [Fact]
    public async Task Mail_and_telephone_are_for_oneself_and_managers()
    {
        var (account, bearer, self) = await DeskAsync();
        var (_, managers, _) = await DeskAsync(account, AgentRole.Manager);
        await Agents.ChangeAsync(self, new Dictionary<string, string> { ["email"] = "self@example.test" });
        var ada = await AddAsync(account, "ada");

        Assert.Equal("self@example.test", (string?)(await ReadAsync(Path(account, $"/le-users/users/{self.Number}"), bearer))["email"]);
        Assert.Equal(("", ""), await SecretsAsync(bearer));
        Assert.Equal(("ada@example.test", "123"), await SecretsAsync(managers));

        async Task<(string?, string?)> SecretsAsync(string reader)
        {
            var user = await ReadAsync(Path(account, $"/le-users/users/{ada.Number}"), reader);
            return ((string?)user["email"], (string?)user["mobileNumber"]);
        }
    }

    [Fact]
    public async Task Programs_and_disabled_agents_are_marked()
    {
        var (account, bearer, self) = await DeskAsync();
        var ada = await AddAsync(account, "ada");
        await Agents.SetEnabledAsync(ada, enabled: false);

        var users = (await ReadAsync(Path(account, "/le-users/users?include_deleted=true"), bearer)).AsArray();

        Assert.Equal((true, true), Marks(self));
        Assert.Equal((false, false), Marks(ada));

        (bool, bool) Marks(AgentProfile agent)
        {
            var user = users.Single(u => (string?)u!["pid"] == agent.Pid)!;
            return ((bool)user["isApiUser"]!, (bool)user["isEnabled"]!);
        }
    }

    [Fact]
    public async Task Skills_are_read_all_or_one()
    {
        var (account, bearer, _) = await DeskAsync();
        var ada = await AddAsync(account, "ada", AgentRole.Agent, ["sales", "support"]);

        var skills = await ReadAsync(Path(account, "/le-users/skills?v=2.0"), bearer);
        var one = await ReadAsync(Path(account, $"/le-users/skills/{ada.SkillIds[1]}?v=2.0"), bearer);

        Assert.Equal(ada.SkillIds, skills.AsArray().Select(skill => (string)skill!["id"]!));
        Assert.Equal($$"""{"id":"{{ada.SkillIds[1]}}","name":"support","description":"","skillOrder":1,"maxWaitTime":120,"deleted":false,"skillRoutingConfiguration":[]}""", one.ToJsonString());
        Assert.Equal(404, await StatusAsync(Path(account, "/le-users/skills/9"), bearer));
    }

    [Fact]
    public async Task Reasons_to_be_away_are_the_usual_ones_until_the_account_chooses()
    {
        var (account, bearer, _) = await DeskAsync();
        var path = Path(account, "/le-agents/status-reasons?v=1.0");
        Assert.Equal(StatusReason.Defaults.Select(r => r.Text), (await ReadAsync(path, bearer)).AsArray().Select(r => (string)r!["text"]!));

        await server.Server.Identity.Accounts.ChangeSettingsAsync(account, new AccountSettings { StatusReasons = [new StatusReason("9", "Yoga", "BACK_SOON", Enabled: false)] });

        Assert.Equal("""[{"id":"9","text":"Yoga","type":"BACK_SOON","state":"BACK_SOON","enabled":false,"deleted":false}]""", (await ReadAsync(path, bearer)).ToJsonString());
    }

    [Theory]
    [InlineData("/le-users/users")]
    [InlineData("/le-users/users/1")]
    [InlineData("/le-users/users/pid/x")]
    [InlineData("/le-users/skills")]
    [InlineData("/le-users/skills/1")]
    [InlineData("/le-agents/status-reasons")]
    public async Task Nobody_reads_without_a_login_to_the_account(string path)
    {
        var (account, bearer, _) = await DeskAsync();
        var (_, foreign, _) = await DeskAsync(await server.NewAccountAsync(), AgentRole.Admin);

        foreach (var header in new[] { "Bearer wrong", "Bearer ", $"Basic {bearer}", bearer, $"Bearer {foreign}" })
            Assert.Equal(401, await StatusAsync(Path(account, path), null, ("Authorization", header)));
        Assert.Equal(401, await StatusAsync(Path("nobody", path), bearer));
        Assert.Equal(path == "/le-users/users/1" ? 404 : 401, await StatusAsync(Path(account, path), null));
        Assert.NotEqual(401, await StatusAsync(Path(account, path), bearer));
        await using var consumer = await server.ConsumerAsync(account);
        Assert.Equal(401, await StatusAsync(Path(account, path), await server.SignupAsync(account)));
    }

    [Theory]
    [InlineData("1.0", 200)]
    [InlineData("4", 200)]
    [InlineData("6.0", 200)]
    [InlineData("", 200)]
    [InlineData("0.9", 400)]
    [InlineData("6.1", 400)]
    [InlineData("-1", 400)]
    [InlineData("four", 400)]
    public async Task Versions_that_occur_are_served(string version, int status)
    {
        var (account, bearer, _) = await DeskAsync();
        Assert.Equal(status, await StatusAsync(Path(account, $"/le-users/users?v={version}"), bearer));
    }

    [Fact]
    public async Task Members_may_be_selected_and_the_id_is_always_there()
    {
        var (account, bearer, self) = await DeskAsync();

        var users = await ReadAsync(Path(account, "/le-users/users?select=nickname, pid,nothing"), bearer);
        var one = await ReadAsync(Path(account, $"/le-users/users/{self.Number}?select=id"), bearer);

        Assert.Equal($$"""[{"id":"{{self.Number}}","pid":"{{self.Pid}}","nickname":"{{self.Nickname}}"}]""", users.ToJsonString());
        Assert.Equal($$"""{"id":"{{self.Number}}"}""", one.ToJsonString());
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again_and_what_has_is()
    {
        var (account, bearer, self) = await DeskAsync();
        foreach (var path in new[] { "/le-users/users", "/le-users/skills", "/le-agents/status-reasons", $"/le-users/users/{self.Number}" })
        {
            using var first = await SendAsync(Path(account, path), bearer);
            var tag = first.Headers.ETag!.Tag;
            var revision = first.Headers.GetValues("ac-revision").Single();
            Assert.Equal($"\"{revision}\"", tag);
            foreach (var same in new[] { tag, revision, $"W/{tag}", $"\"0\", {tag}", "*" })
            {
                Assert.Equal(304, await StatusAsync(Path(account, path), bearer, ("If-None-Match", same)));
                Assert.Equal(200, await StatusAsync(Path(account, path), bearer, ("If-Match", same)));
            }

            await Agents.ChangeAsync(self, new Dictionary<string, string> { ["nickname"] = $"Bo {path.Length}" });

            Assert.Equal(200, await StatusAsync(Path(account, path), bearer, ("If-None-Match", tag)));
            Assert.Equal(412, await StatusAsync(Path(account, path), bearer, ("If-Match", tag)));
        }
    }

    [Fact]
    [CompatibilityRule(24)]
    public async Task Everybody_may_know_an_agents_face_and_names_and_nothing_else()
    {
        var account = await server.NewAccountAsync();
        var ada = await AddAsync(account, "ada");

        using var answer = await SendAsync(Path(account, $"/le-users/users/{ada.Pid}"), null, ("Origin", "https://shop.example.test"));

        Assert.Equal("""{"pictureUrl":"https://example.test/ada.png","employeeId":"E-1","nickname":"Ada","fullName":"Ada Example"}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal(("*", true, "Authorization"), (answer.Headers.GetValues("Access-Control-Allow-Origin").Single(), answer.Headers.CacheControl!.Public, answer.Headers.Vary.Single()));
        Assert.NotNull(answer.Headers.CacheControl.MaxAge);
        Assert.Equal(304, await StatusAsync(Path(account, $"/le-users/users/{ada.Pid}"), null, ("If-None-Match", answer.Headers.ETag!.Tag)));
    }

    [Fact]
    public async Task The_public_profile_does_not_tell_a_login_name()
    {
        var account = await server.NewAccountAsync();
        var agent = await Agents.AddAsync(new NewAgent(account, "secret-login", AgentRole.Agent, "none", []));

        using var answer = await SendAsync(Path(account, $"/le-users/users/{agent.Pid}"), null);

        Assert.Equal("""{"pictureUrl":"","employeeId":"","nickname":"","fullName":""}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Without_a_login_an_agent_is_known_by_his_public_id_in_his_account_only()
    {
        var account = await server.NewAccountAsync();
        var ada = await AddAsync(account, "ada");
        var other = await server.NewAccountAsync();

        foreach (var path in new[] { Path(account, $"/le-users/users/{ada.Number}"), Path(account, $"/le-users/users/{ada.OldId}"), Path(account, "/le-users/users/nobody"), Path(other, $"/le-users/users/{ada.Pid}"), Path("nobody", $"/le-users/users/{ada.Pid}") })
            Assert.Equal(404, await StatusAsync(path, null));
    }

    [Fact]
    public async Task A_login_that_asks_too_often_is_slowed_down_and_no_other()
    {
        await using var own = await MessagingServer.StartAsync(options => (options.Limits.AgentBurst, options.Limits.AgentRequestsPerSecond) = (3, 1));
        var (first, second) = (await own.LoginAsync("demo"), await own.LoginAsync("demo"));
        var path = Path("demo", "/le-users/skills");

        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, await AskAsync(first));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(first));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(second));

        async Task<HttpStatusCode> AskAsync(JsonNode login)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {(string)login["bearer"]!}");
            using var answer = await own.Http.SendAsync(request);
            return answer.StatusCode;
        }
    }

    private static string Path(string account, string path) => $"/api/account/{account}/configuration{path}";

    private async Task<(string Account, string Bearer, AgentProfile Agent)> DeskAsync(string? account = null, AgentRole role = AgentRole.Agent)
    {
        account ??= await server.NewAccountAsync();
        var login = await server.LoginAsync(account, role);
        return (account, (string)login["bearer"]!, Agents.Find(account, (string)login["config"]!["userPid"]!)!);
    }

    private Task<AgentProfile> AddAsync(string account, string login, AgentRole role = AgentRole.Agent, params string[] skills) =>
        Agents.AddAsync(new NewAgent(account, login, role, "none", skills)
        {
            MaxSlots = 7,
            Profile = new Dictionary<string, string>
            {
                ["nickname"] = "Ada", ["fullName"] = "Ada Example", ["email"] = "ada@example.test", ["pictureUrl"] = "https://example.test/ada.png",
                ["employeeId"] = "E-1", ["mobileNumber"] = "123", ["description"] = "Shoes", ["userType"] = "bot",
            },
        });

    private async Task<HttpResponseMessage> SendAsync(string path, string? bearer, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (bearer is not null) request.Headers.TryAddWithoutValidation("Authorization", $"bearer {bearer}");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await server.Http.SendAsync(request);
    }

    private async Task<int> StatusAsync(string path, string? bearer, params (string Name, string Value)[] headers)
    {
        using var answer = await SendAsync(path, bearer, headers);
        return (int)answer.StatusCode;
    }

    private async Task<JsonNode> ReadAsync(string path, string bearer)
    {
        using var answer = await SendAsync(path, bearer);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.True(answer.Headers.CacheControl!.Private);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
