using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Hosting;

namespace Parley.Server.Tests.Admin;

public sealed class OperatorTests(SharedServer shared) : IClassFixture<SharedServer>
{
    public static TheoryData<string> Operations =>
    [
        "accounts", "accounts/list", "accounts/disable", "agents", "agents/list", "agents/profile", "agents/enable", "agents/disable",
        "agents/password", "agents/keys", "tokens", "tokens/list", "tokens/revoke", "tokens/rotate-keys",
    ];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Without_the_operator_token_nothing_is_done(string operation)
    {
        var server = shared.Server;
        foreach (var header in (string?[])[null, "Bearer wrong", "Bearer ", $"Basic {server.OperatorToken}", server.Env["LP_JWT"]])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/operator/{operation}") { Content = TestServer.Json("""{"account":"demo"}""") };
            request.Headers.TryAddWithoutValidation("Authorization", header);
            Assert.Equal(HttpStatusCode.Unauthorized, (await server.Http.SendAsync(request)).StatusCode);
        }

        Assert.NotNull(server.Server.Identity.Accounts.Find("demo"));
    }

    [Fact]
    public async Task The_operator_token_changes_with_every_start()
    {
        await using var server = await TestServer.StartAsync();
        var before = server.OperatorToken;
        await server.RestartAsync();
        Assert.NotEqual(before, server.OperatorToken);
    }

    [Fact]
    public async Task Agents_for_programs_come_with_keys_and_without_a_password()
    {
        await using var server = await TestServer.StartAsync();
        var added = await server.OperateAsync("agents", """{"login":"bot1","keys":true,"maxSlots":100,"skills":["sales"],"role":"Agent"}""");
        Assert.Null(added["password"]);
        Assert.Equal(100, (int)added["agent"]!["maxSlots"]!);
        var body = added["keys"]!.DeepClone().AsObject();
        body["username"] = "bot1";
        Assert.Equal(HttpStatusCode.OK, (await server.Http.PostAsync("/api/account/demo/login", TestServer.Json(body.ToJsonString()))).StatusCode);
    }

    [Fact]
    public async Task A_generated_password_logs_in()
    {
        await using var server = await TestServer.StartAsync();
        var added = await server.OperateAsync("agents", """{"login":"new1","role":"Admin"}""");
        var login = await server.LoginAsync("new1", (string)added["password"]!);
        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        Assert.True((bool)JsonNode.Parse(await login.Content.ReadAsStringAsync())!["config"]!["isAdmin"]!);
    }

    [Theory]
    [InlineData("agents", """{"login":"agent1"}""", "agent1")]
    [InlineData("agents", """{"login":"x","password":"short"}""", "8 characters")]
    [InlineData("agents", """{"login":"x","account":"nobody"}""", "nobody")]
    [InlineData("agents", """{"login":"x","maxSlots":-1}""", "slots")]
    [InlineData("agents", """{"login":"x","profile":{"email":"no mail"}}""", "mail")]
    [InlineData("agents/keys", """{"login":"nobody"}""", "nobody")]
    [InlineData("agents/profile", """{"login":"nobody","profile":{}}""", "nobody")]
    [InlineData("agents/profile", """{"login":"agent1"}""", "what to change")]
    [InlineData("agents/profile", """{"login":"agent1","profile":{"password":"x"}}""", "no member password")]
    [InlineData("agents/profile", """{"login":"agent1","profile":{"email":"Ada <ada@example.test>"}}""", "mail")]
    [InlineData("agents/profile", """{"login":"agent1","profile":{"pictureUrl":"javascript:alert(1)"}}""", "https")]
    [InlineData("agents/profile", """{"login":"agent1","profile":{"nickname":"a\nb"}}""", "line breaks")]
    [InlineData("agents/profile", """{"login":"agent1","profile":{"userType":"cat"}}""", "human or bot")]
    [InlineData("accounts/settings", """{"settings":{"brandLogoUrl":"logo.png"}}""", "https")]
    [InlineData("accounts/settings", """{"settings":{"statusReasons":"[{\"id\":\"1\",\"text\":\"Lunch\",\"state\":\"ONLINE\"}]"}}""", "AWAY")]
    [InlineData("accounts/settings", """{"settings":{"statusReasons":"[{\"id\":\"1\",\"text\":\"A\",\"state\":\"AWAY\"},{\"id\":\"1\",\"text\":\"B\",\"state\":\"AWAY\"}]"}}""", "differ")]
    [InlineData("accounts/settings", """{"settings":{"statusReasons":"[{}]"}}""", "statusReasons")]
    [InlineData("agents/disable", "[]", "JSON")]
    [InlineData("accounts", """{"account":"demo"}""", "demo")]
    [InlineData("accounts", """{"account":"not-valid"}""", "letters")]
    [InlineData("accounts/disable", """{"account":"nobody"}""", "nobody")]
    [InlineData("tokens", """{"consumer":"not valid"}""", "consumer id")]
    [InlineData("tokens", """{"minutes":0}""", "minute")]
    [InlineData("tokens/revoke", """{"jwt":"x"}""", "token")]
    public async Task What_makes_no_sense_is_refused_in_words(string operation, string body, string words)
    {
        var server = shared.Server;
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => server.OperateAsync(operation, body));
        Assert.Contains(words, refusal.Message);
    }

    [Fact]
    public async Task Minted_tokens_are_listed_and_revoked_and_survive_a_restart()
    {
        await using var server = await TestServer.StartAsync();
        var minted = await server.OperateAsync("tokens", """{"consumer":"c-1","minutes":5}""");
        var tokens = server.Server.Identity.ConsumerTokens;
        Assert.Equal("c-1", tokens.Validate("demo", (string)minted["jwt"]!).Consumer!.ConsumerId);
        await server.OperateAsync("tokens/revoke", $$"""{"tokenId":"{{(string)minted["tokenId"]!}}"}""");
        await server.RestartAsync();
        var listed = Assert.Single((await server.OperateAsync("tokens/list", "{}"))["tokens"]!.AsArray())!;
        Assert.Equal(((string?)minted["tokenId"], true), ((string?)listed["tokenId"], (bool)listed["revoked"]!));
        server.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Empty((await server.OperateAsync("tokens/list", "{}"))["tokens"]!.AsArray());
    }

    [Fact]
    public async Task The_account_may_be_left_out_while_there_is_one_or_demo()
    {
        await using var server = await TestServer.StartAsync();
        await server.OperateAsync("accounts", """{"account":"second"}""");
        await server.OperateAsync("agents", """{"login":"x","keys":true}""");
        Assert.NotNull(server.Server.Identity.Agents.FindByLogin("demo", "x"));
        await server.OperateAsync("accounts", """{"account":"third"}""");
        await server.OperateAsync("accounts/disable", """{"account":"demo"}""");
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.OperateAsync("agents", """{"login":"y","keys":true}"""));
        await server.OperateAsync("accounts/disable", """{"account":"third"}""");
        await server.OperateAsync("agents", """{"login":"y","keys":true}""");
        Assert.NotNull(server.Server.Identity.Agents.FindByLogin("second", "y"));
    }
}
