using Parley.Server.Admin.Api;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Admin.Api;

/// <summary>Who may use which address of the admin API.</summary>
public sealed class AuthorisationMatrixTests(MessagingServer server)
{
    private static readonly Dictionary<string, AgentRole> Least = new()
    {
        ["GET /users"] = AgentRole.Manager,
        ["POST /users"] = AgentRole.Admin,
        ["GET /users/{id}"] = AgentRole.Manager,
        ["PATCH /users/{id}"] = AgentRole.Admin,
        ["POST /users/{id}/password"] = AgentRole.Admin,
        ["GET /skills"] = AgentRole.Agent,
        ["POST /skills"] = AgentRole.Admin,
        ["GET /skills/{id}"] = AgentRole.Agent,
        ["PATCH /skills/{id}"] = AgentRole.Admin,
        ["DELETE /skills/{id}"] = AgentRole.Admin,
        ["GET /canned-answers"] = AgentRole.Agent,
        ["POST /canned-answers"] = AgentRole.Manager,
        ["PATCH /canned-answers/{id}"] = AgentRole.Manager,
        ["DELETE /canned-answers/{id}"] = AgentRole.Manager,
        ["GET /settings"] = AgentRole.Manager,
        ["PATCH /settings"] = AgentRole.Admin,
        ["GET /colleagues"] = AgentRole.Agent,
        ["GET /routing/queue"] = AgentRole.Manager,
        ["GET /routing/agents"] = AgentRole.Manager,
        ["GET /routing/feed"] = AgentRole.Manager,
        ["GET /statistics/today"] = AgentRole.Manager,
        ["GET /routing/explain/{conversationId}"] = AgentRole.Agent,
    };

    public static TheoryData<string> Endpoints => [.. Least.Keys];

    [Fact]
    public void Every_address_has_its_row() => Assert.Equal(
        Least.Select(row => $"{row.Key} {row.Value}").Order(StringComparer.Ordinal),
        AdminTable.All.Select(endpoint => $"{endpoint.Method} {endpoint.Path} {endpoint.Least}").Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Only_enough_of_a_role_in_the_same_account_opens_it(string endpoint)
    {
        var account = await server.NewAccountAsync();
        var admin = await AdminDesk.OpenAsync(server, AgentRole.Admin, account);
        var stranger = await AdminDesk.OpenAsync(server, AgentRole.Admin);
        foreach (var bearer in new[] { "", "wrong", stranger.Bearer, await server.SignupAsync(account) })
        {
            using var refused = await CallAsync(admin with { Bearer = bearer }, endpoint);
            Assert.Equal(401, (int)refused.StatusCode);
            Assert.Equal("Bearer", refused.Headers.WwwAuthenticate.ToString());
            Assert.Contains("bearer of a login", await refused.Content.ReadAsStringAsync());
        }

        foreach (var role in Enum.GetValues<AgentRole>())
        {
            using var answer = await CallAsync(await AdminDesk.OpenAsync(server, role, account), endpoint);
            var status = (int)answer.StatusCode;
            if (role < Least[endpoint]) Assert.Equal(403, status);
            else Assert.True(status is not (401 or 403 or 405) && status < 500, $"{role} {status}");
        }

        using var operators = await CallAsync(admin.AsOperator, endpoint);
        Assert.True((int)operators.StatusCode is not (401 or 403 or 405), $"operator {operators.StatusCode}");
        using var nowhere = await CallAsync(admin.AsOperator with { Account = "nowhere" }, endpoint);
        Assert.Equal(404, (int)nowhere.StatusCode);
    }

    [Fact]
    public async Task A_login_that_has_ended_opens_nothing()
    {
        var admin = await AdminDesk.OpenAsync(server);
        var manager = await admin.AsAsync(AgentRole.Manager);
        await admin.DoAsync("POST", $"users/{manager.Pid}/password", "{}");

        Assert.Equal(401, (await manager.TryAsync("GET", "users")).Status);
    }

    [Fact]
    public async Task Pages_of_any_origin_may_call_with_a_bearer()
    {
        using var asked = new HttpRequestMessage(HttpMethod.Options, $"/api/account/{await server.NewAccountAsync()}/admin/settings");
        asked.Headers.Add("Origin", "https://brand.test");
        asked.Headers.Add("Access-Control-Request-Method", "PATCH");
        asked.Headers.Add("Access-Control-Request-Headers", "authorization");
        using var allowed = await server.Http.SendAsync(asked);

        Assert.Equal("*", allowed.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("PATCH", allowed.Headers.GetValues("Access-Control-Allow-Methods").Single());
        Assert.False(allowed.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task Who_asks_too_often_waits()
    {
        await using var own = await MessagingServer.StartAsync(options => (options.Limits.AgentBurst, options.Limits.AgentRequestsPerSecond) = (3, 1));
        var admin = await AdminDesk.OpenAsync(own);
        for (var i = 0; i < 3; i++) await admin.GetAsync("skills");

        using var refused = await admin.SendAsync("GET", "skills");

        Assert.Equal((429, "1"), ((int)refused.StatusCode, refused.Headers.RetryAfter?.ToString()));
        await admin.AsOperator.GetAsync("skills");
    }

    private static Task<HttpResponseMessage> CallAsync(AdminDesk desk, string endpoint)
    {
        var (method, path) = (endpoint.Split(' ')[0], endpoint.Split(' ')[1][1..].Replace("{id}", "none").Replace("{conversationId}", "none"));
        return desk.SendAsync(method, path, method is "POST" or "PATCH" ? "{}" : null);
    }
}
