using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Parley.Server.Tests.Identity.SignIn;

/// <summary>Consumers with a code of the brand's identity provider (protocol 4.4, 4.5).</summary>
public sealed class CodeFlowTests(SignInServer fixture) : IClassFixture<SignInServer>, IAsyncLifetime
{
    private const string WithCode = """{"code":"c-1","redirect_uri":"https://liveperson.net"}""";
    private const string Exchange = "app/login/authenticate?v=3.0";

    private readonly SignInServer _server = fixture.Forgiven();
    private readonly Brand _brand = new(fixture.Time);
    private string _account = "";

    public async ValueTask InitializeAsync()
    {
        await _brand.ServeAsync();
        _account = await _server.NewAccountAsync(_brand.Code());
    }

    public ValueTask DisposeAsync() => _brand.DisposeAsync();

    [Theory]
    [InlineData("app/default/authenticate?v=2.0", WithCode, "jwt")]
    [InlineData("app/default/authenticate?v=2.0", WithCode, "token")]
    [InlineData("app/login/authenticate?v=3.0", WithCode, "token")]
    [InlineData("authenticate", """{"authCode":"c-1"}""", "jwt")]
    public async Task A_code_is_redeemed_in_all_forms_of_the_exchange(string path, string body, string answered)
    {
        Give(_brand.Token());

        var jwt = await _server.GetAsync(answered, _account, path, body);

        Assert.Equal("customer-0001", (string?)SignInServer.ClaimsOf(jwt)["lp.ext"]!["sub"]);
        Assert.True(_server.Server.Server.Identity.ConsumerTokens.Validate(_account, jwt).IsValid);
    }

    [Theory]
    [InlineData(null, WithCode, "https://liveperson.net")]
    [InlineData(null, """{"code":"c-1"}""", null)]
    [InlineData("https://brand.test/back", WithCode, "https://brand.test/back")]
    public async Task The_provider_gets_a_form_and_the_clients_name_and_secret(string? configured, string body, string? redirect)
    {
        var account = await _server.NewAccountAsync(_brand.Code() with { RedirectUri = configured });
        IFormCollection? form = null;
        string? authorization = null, method = null;
        _brand.Answer = async context =>
        {
            form = await context.Request.ReadFormAsync();
            (method, authorization) = ($"{context.Request.Method} {context.Request.Path}", context.Request.Headers.Authorization);
            await context.Response.WriteAsync(new JsonObject { ["access_token"] = "x", ["token_type"] = "Bearer", ["id_token"] = _brand.Token() }.ToJsonString());
        };

        await _server.GetAsync("token", account, Exchange, body);

        Assert.Equal("POST /token", method);
        Assert.Equal($"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes("parley:the client's secret"))}", authorization);
        Assert.Equal(("c-1", "authorization_code"), ((string?)form!["code"], (string?)form["grant_type"]));
        Assert.Equal(redirect, (string?)form["redirect_uri"]);
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_code"}""", 9011)]
    [InlineData(401, """{"error":"unauthorized_client"}""", 9011)]
    [InlineData(500, "", 9013)]
    [InlineData(302, "", 9013)]
    [InlineData(200, "{}", 9014)]
    [InlineData(200, "[]", 9014)]
    [InlineData(200, "not json", 9014)]
    [InlineData(200, """{"id_token":["x"]}""", 9014)]
    [InlineData(200, """{"id_token":"\ud800"}""", 9014)]
    [InlineData(200, """{"id_token":"x"}""", 1008)]
    public async Task What_the_provider_answers_else_refuses_the_consumer(int status, string body, int code)
    {
        _brand.Say(status, body);

        Assert.Equal(code, await _server.RefusedAsync(_account, Exchange, WithCode));
    }

    [Fact]
    public async Task The_providers_token_is_judged_like_any_other()
    {
        Give(_brand.Token(("iss", "https://third.test")));

        Assert.Equal(9007, await _server.RefusedAsync(_account, Exchange, WithCode));
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_is_waited_for_ten_seconds()
    {
        var asked = _brand.FallSilent();
        var refused = _server.RefusedAsync(_account, Exchange, WithCode);
        await asked;

        _server.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(9013, await refused);
    }

    [Fact]
    public async Task A_token_from_the_page_is_not_taken_where_a_code_is_due()
    {
        Assert.Equal(1025, await _server.RefusedAsync(_account, Exchange, SignInServer.Body("id_token", _brand.Token())));
        Assert.Equal(0, _brand.Requests);
    }

    [Theory]
    [InlineData("app/ACR0/authenticate?v=3.0", 1025)]
    [InlineData("app/default/authenticate?v=2.0", 1024)]
    public async Task Without_a_connector_for_codes_a_code_is_refused(string path, int code) =>
        Assert.Equal(code, await _server.RefusedAsync(await _server.NewAccountAsync(), path, WithCode));

    [Theory]
    [InlineData("""{"code":7}""")]
    [InlineData("""{"code":"c-1","redirect_uri":{}}""")]
    [InlineData("""{"redirect_uri":"https://liveperson.net"}""")]
    public async Task A_body_without_a_code_is_refused(string body) => Assert.Equal(9012, await _server.RefusedAsync(_account, Exchange, body));

    [Fact]
    public async Task Guessed_codes_count_as_failures_and_a_silent_provider_does_not()
    {
        _brand.Say(500, "");
        for (var i = 0; i < 70; i++) Assert.Equal(9013, await _server.RefusedAsync(_account, Exchange, WithCode));
        _brand.Say(400, "");
        for (var i = 0; i < 60; i++) Assert.Equal(9011, await _server.RefusedAsync(_account, Exchange, WithCode));
        var asked = _brand.Requests;

        var (status, _) = await _server.PostAsync(_account, Exchange, WithCode);

        Assert.Equal((429, asked), (status, _brand.Requests));
    }

    [Fact]
    public async Task Neither_code_nor_secret_is_logged()
    {
        _brand.Say(400, """{"error":"c-secret-of-the-brand"}""");
        Assert.Equal(9011, await _server.RefusedAsync(_account, Exchange, """{"code":"c-that-nobody-may-log"}"""));

        var logs = string.Join('\n', _server.Server.Logs);

        Assert.Contains($"account {_account} was not signed in: 9011", logs);
        foreach (var secret in (string[])["c-that-nobody-may-log", "c-secret-of-the-brand", "the client's secret", _brand.Url]) Assert.DoesNotContain(secret, logs);
    }

    private void Give(string idToken) => _brand.Say(200, SignInServer.Body("id_token", idToken));
}
