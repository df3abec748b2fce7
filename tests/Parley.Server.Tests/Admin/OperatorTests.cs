using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Hosting;

namespace Parley.Server.Tests.Admin;

public sealed class OperatorTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly RSA Key = RSA.Create(2048);

    public static TheoryData<string> Operations =>
    [
        "accounts", "accounts/list", "accounts/disable", "accounts/connectors", "accounts/connectors/list", "accounts/connectors/remove", "agents", "agents/list",
        "agents/profile", "agents/enable", "agents/disable", "skills", "skills/list", "skills/settings", "skills/remove",
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
    [InlineData("accounts/settings", """{"settings":{"surveys":"{\"*\":null}"}}""", "name an agent")]
    [InlineData("accounts/settings", """{"settings":{"surveys":"{\"*\":{}}"}}""", "name an agent")]
    [InlineData("accounts/settings", """{"settings":{"surveys":"{\"1001\":{\"agent\":\" \"}}"}}""", "name an agent")]
    [InlineData("accounts/settings", """{"settings":{"surveys":"[]"}}""", "does not take")]
    [InlineData("accounts/settings", """{"settings":{"autoCloseMinutes":"0"}}""", "1 or more")]
    [InlineData("agents/profile", """{"login":"agent1","profile":{"role":"Admin"}}""", "agent, manager or admin")]
    [InlineData("agents/profile", """{"login":"agent1","profile":{"maxSlots":"1.5"}}""", "0 to 10000")]
    [InlineData("agents/profile", """{"login":"agent1","profile":{"skills":"nothing:1"}}""", "no skill nothing")]
    [InlineData("agents/profile", """{"login":"agent1","profile":{"enabled":"perhaps"}}""", "true or false")]
    [InlineData("skills", """{}""", "1 to 256")]
    [InlineData("skills", """{"name":"x","id":"x"}""", "digits")]
    [InlineData("skills", """{"name":"x","settings":{"ringAgents":"0"}}""", "1 or more")]
    [InlineData("skills", """{"name":"x","settings":{"ringAgents":null}}""", "no value")]
    [InlineData("skills/settings", """{"skill":"nothing","settings":{}}""", "no skill nothing")]
    [InlineData("skills/settings", """{"skill":"nothing"}""", "what to change")]
    [InlineData("skills/remove", """{"skill":"nothing"}""", "no skill nothing")]
    [InlineData("agents/disable", "[]", "JSON")]
    [InlineData("agents/disable", "{}", "no agent")]
    [InlineData("agents", "{}", "1 to 64 characters")]
    [InlineData("agents", """{"login":"x","skills":[""]}""", "skill")]
    [InlineData("agents", """{"login":"x","skills":[null]}""", "skill")]
    [InlineData("agents", """{"login":"x","skills":["a\nb"]}""", "skill")]
    [InlineData("agents", """{"login":"x","profile":{"email":null}}""", "email has no value")]
    [InlineData("accounts", "{}", "letters")]
    [InlineData("accounts", """{"account":"new1","settings":{"ringSeconds":0}}""", "1 or more")]
    [InlineData("accounts", """{"account":"new2","settings":{"brandLogoUrl":"logo.png"}}""", "https")]
    [InlineData("accounts/settings", "{}", "what to change")]
    [InlineData("accounts/settings", """{"settings":{"ringSeconds":null}}""", "ringSeconds has no value")]
    [InlineData("agents/profile", """{"login":"agent1","profile":{"email":null}}""", "email has no value")]
    [InlineData("accounts/connectors", "{}", "Describe")]
    [InlineData("accounts/connectors/remove", "{}", "no connector")]
    [InlineData("accounts", """{"account":"demo"}""", "demo")]
    [InlineData("accounts", """{"account":"not-valid"}""", "letters")]
    [InlineData("accounts/disable", """{"account":"nobody"}""", "nobody")]
    [InlineData("tokens", """{"consumer":"not valid"}""", "consumer id")]
    [InlineData("tokens", """{"minutes":0}""", "minute")]
    [InlineData("tokens/revoke", """{"jwt":"x"}""", "token")]
    [InlineData("tokens/revoke", """{"tokenId":"x","consumer":"c1"}""", "not both")]
    [InlineData("accounts/connectors", """{"connector":{"id":"web"}}""", "JSON")]
    [InlineData("accounts/connectors", """{"connector":{"id":"web","type":"Kerberos"}}""", "JSON")]
    [InlineData("accounts/connectors", """{"connector":{"id":"a b","type":"Unauth"}}""", "connector id")]
    [InlineData("accounts/connectors", """{"connector":{"id":"ACR0","type":"Unauth"}}""", "every account has it")]
    [InlineData("accounts/connectors", """{"connector":{"id":"web","type":"Implicit","jwksUrl":"https://a.test"}}""", "issuer")]
    [InlineData("accounts/connectors", """{"connector":{"id":"web","type":"Implicit","issuer":"i"}}""", "either public keys")]
    [InlineData("accounts/connectors", """{"connector":{"id":"web","type":"Implicit","issuer":"i","jwksUrl":"https://a.test","publicKeys":"x"}}""", "either public keys")]
    [InlineData("accounts/connectors", """{"connector":{"id":"web","type":"Implicit","issuer":"i","publicKeys":"x"}}""", "PEM")]
    [InlineData("accounts/connectors", """{"connector":{"id":"web","type":"Implicit","issuer":"i","jwksUrl":"http://a.test/keys"}}""", "https://")]
    [InlineData("accounts/connectors", """{"connector":{"id":"web","type":"Implicit","issuer":"i","jwksUrl":"keys"}}""", "https://")]
    [InlineData("accounts/connectors", """{"connector":{"id":"web","type":"Implicit","issuer":"i","jwksUrl":"https://a.test","algorithms":["HS256"]}}""", "Algorithms are")]
    [InlineData("accounts/connectors", """{"connector":{"id":"web","type":"Implicit","issuer":"i","jwksUrl":"https://a.test","algorithms":["none"]}}""", "Algorithms are")]
    [InlineData("accounts/connectors", """{"connector":{"id":"web","type":"Implicit","issuer":"i","jwksUrl":"https://a.test","algorithms":[]}}""", "Algorithms are")]
    [InlineData("accounts/connectors", """{"connector":{"id":"web","type":"Implicit","issuer":"i","jwksUrl":"https://a.test","clockSkewSeconds":601}}""", "skew")]
    [InlineData("accounts/connectors", """{"connector":{"id":"web","type":"Implicit","issuer":"i","jwksUrl":"https://a.test","decryptionKey":"x"}}""", "decryption key")]
    [InlineData("accounts/connectors", """{"connector":{"id":"web","type":"Code","issuer":"i","jwksUrl":"https://a.test"}}""", "https://")]
    [InlineData("accounts/connectors", """{"connector":{"id":"web","type":"Code","issuer":"i","jwksUrl":"https://a.test","tokenEndpoint":"https://a.test","clientId":"c"}}""", "client secret")]
    [InlineData("accounts/connectors", """{"connector":{"id":"web","type":"Code","issuer":"i","jwksUrl":"https://a.test","tokenEndpoint":"https://a.test","clientId":"c","clientSecret":"s","redirectUri":"back"}}""", "redirect")]
    [InlineData("accounts/connectors", """{"connector":{"id":"agents","type":"Saml","publicKeys":"x","audiences":["a"]}}""", "issuer")]
    [InlineData("accounts/connectors", """{"connector":{"id":"agents","type":"Saml","issuer":"i","audiences":["a"]}}""", "either public keys")]
    [InlineData("accounts/connectors", """{"connector":{"id":"agents","type":"Saml","issuer":"i","audiences":["a"],"publicKeys":"x"}}""", "PEM")]
    [InlineData("accounts/connectors", """{"connector":{"id":"agents","type":"Saml","issuer":"i","audiences":["a"],"jwksUrl":"https://a.test"}}""", "signing certificates")]
    [InlineData("accounts/connectors", """{"connector":{"id":"web","type":"Implicit","issuer":"i","jwksUrl":"https://a.test","loginAttribute":"uid"}}""", "Only SAML")]
    [InlineData("accounts/connectors", """{"connector":{"id":"web","type":"Implicit","issuer":"i","jwksUrl":"https://a.test","recipient":"https://a.test"}}""", "Only SAML")]
    [InlineData("accounts/connectors/remove", """{"id":"nobody"}""", "nobody")]
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
    public async Task Connectors_are_listed_without_their_secrets_and_survive_a_restart()
    {
        await using var server = await TestServer.StartAsync();
        var connector = new JsonObject
        {
            ["id"] = "web", ["type"] = "code", ["issuer"] = "https://idp.test", ["audiences"] = new JsonArray("parley"), ["jwksUrl"] = "https://idp.test/keys",
            ["tokenEndpoint"] = "https://idp.test/token", ["clientId"] = "parley", ["clientSecret"] = "the client's secret",
            ["decryptionKey"] = Key.ExportPkcs8PrivateKeyPem(),
        };
        var add = new JsonObject { ["connector"] = connector };
        await server.OperateAsync("accounts/connectors", add.ToJsonString());
        Assert.Contains("web", (await Assert.ThrowsAsync<InvalidOperationException>(() => server.OperateAsync("accounts/connectors", add.ToJsonString()))).Message);
        connector["audiences"] = new JsonArray("other");
        add["replace"] = true;
        await server.OperateAsync("accounts/connectors", add.ToJsonString());
        await server.RestartAsync();

        var listed = Assert.Single((await server.OperateAsync("accounts/connectors/list", "{}"))["connectors"]!.AsArray())!;

        Assert.Equal(
            ("web", "Code", "https://idp.test", "other", 60, true),
            ((string?)listed["id"], (string?)listed["type"], (string?)listed["issuer"], (string?)listed["audiences"]![0], (int)listed["clockSkewSeconds"]!, (bool)listed["decryptsTokens"]!));
        Assert.Equal(["RS256", "ES256"], listed["algorithms"]!.AsArray().Select(name => (string?)name));
        Assert.DoesNotContain("secret", listed.ToJsonString());
        Assert.DoesNotContain("PRIVATE", listed.ToJsonString());
        Assert.Equal("the client's secret", server.Server.Identity.AuthConnectors.All("demo").Single().ClientSecret);
        Assert.Empty((await server.OperateAsync("accounts/connectors/remove", """{"id":"web"}"""))["connectors"]!.AsArray());
        await server.RestartAsync();
        Assert.Empty((await server.OperateAsync("accounts/connectors/list", "{}"))["connectors"]!.AsArray());
    }

    [Theory]
    [InlineData("audiences", "[]", "audience")]
    [InlineData("audiences", """[""]""", "audience")]
    [InlineData("algorithms", """["PS256"]""", "SAML algorithms are: RS256, RS384")]
    [InlineData("clockSkewSeconds", "-1", "skew")]
    [InlineData("decryptionKey", "\"key\"", "decryption key")]
    [InlineData("loginAttribute", "\"\"", "login attribute")]
    [InlineData("recipient", "\"login\"", "recipient")]
    [InlineData("publicKeys", "\"small\"", "2048 bits")]
    [InlineData("publicKeys", "\"other\"", "PEM")]
    public async Task A_provider_of_agents_that_could_not_work_is_refused_in_words(string member, string value, string words)
    {
        using var small = RSA.Create(1024);
        var connector = new JsonObject
        {
            ["id"] = "agents", ["type"] = "saml", ["issuer"] = "i", ["audiences"] = new JsonArray("a"), ["publicKeys"] = Key.ExportSubjectPublicKeyInfoPem(),
        };
        connector[member] = value switch
        {
            "\"key\"" => Key.ExportPkcs8PrivateKeyPem(),
            "\"small\"" => small.ExportSubjectPublicKeyInfoPem(),
            _ => JsonNode.Parse(value),
        };

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => shared.Server.OperateAsync("accounts/connectors", new JsonObject { ["connector"] = connector }.ToJsonString()));

        Assert.Contains(words, refusal.Message);
    }

    [Fact]
    public async Task Skills_and_what_agents_have_of_them_survive_a_restart()
    {
        await using var server = await TestServer.StartAsync();
        await server.OperateAsync("skills", """{"name":"sales","settings":{"ringAgents":"3","description":"Shoes"}}""");
        await server.OperateAsync("skills/settings", """{"skill":"sales","settings":{"name":"shop","ringSeconds":"20","description":""}}""");
        await server.OperateAsync("agents/profile", """{"login":"agent1","profile":{"role":"manager","maxSlots":"9","skills":"shop:2"}}""");
        await server.OperateAsync("skills", """{"name":"gone"}""");
        await server.OperateAsync("skills/remove", """{"skill":"gone"}""");
        await server.RestartAsync();

        var skill = Assert.Single((await server.OperateAsync("skills/list", "{}"))["skills"]!.AsArray())!;
        Assert.Equal(
            ("1001", "shop", 3, 20, null),
            ((string?)skill["id"], (string?)skill["name"], (int)skill["settings"]!["ringAgents"]!, (int)skill["settings"]!["ringSeconds"]!, (string?)skill["settings"]!["description"]));
        var agent = (await server.OperateAsync("agents/list", "{}"))["agents"]!.AsArray().Single(a => (string?)a!["login"] == "agent1")!;
        Assert.Equal(("Manager", 9, 2), ((string?)agent["role"], (int)agent["maxSlots"]!, (int)agent["skillPriorities"]!["shop"]!));
    }

    [Fact]
    public async Task Canned_answers_survive_a_restart()
    {
        await using var server = await TestServer.StartAsync();
        var answers = server.Server.Identity.CannedAnswers;
        var kept = await answers.SaveAsync("demo", null, answer => answer with { Title = "Hours", Text = "9 to 5", Shortcut = "hours", Language = "en" });
        var gone = await answers.SaveAsync("demo", null, answer => answer with { Title = "Gone", Text = "x" });
        await answers.RemoveAsync("demo", gone.Id);
        await server.RestartAsync();

        var read = Assert.Single(server.Server.Identity.CannedAnswers.All("demo"));
        Assert.Equal(("Hours", "9 to 5", "hours", "en", 0), (read.Title, read.Text, read.Shortcut, read.Language, read.SkillIds.Count));
        Assert.Equal(kept.Id, read.Id);
    }

    [Fact]
    public async Task All_that_a_consumer_has_got_is_revoked_by_his_id()
    {
        await using var server = await TestServer.StartAsync();
        var minted = await server.OperateAsync("tokens", """{"consumer":"c-1"}""");

        Assert.Equal("c-1", (string?)(await server.OperateAsync("tokens/revoke", """{"consumer":"c-1"}"""))["consumer"]);

        Assert.False(server.Server.Identity.ConsumerTokens.Validate("demo", (string)minted["jwt"]!).IsValid);
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
