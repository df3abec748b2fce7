using Parley.Server.Tests.Support;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Hosting;

namespace Parley.Server.Tests.Identity;

public sealed class SignupTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("\"\"", "application/json")]
    [InlineData("{\"todo\":1}", "application/json")]
    [InlineData("a=b", "application/x-www-form-urlencoded")]
    [InlineData("{broken", "text/plain")]
    public async Task Rule_22_signup_answers_200_and_json_to_any_body(string? body, string? contentType)
    {
        var content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (contentType is not null)
        {
            content!.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        }

        var response = await _server.Http.PostAsync("/api/account/demo/signup", content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        var jwt = (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["jwt"]!;
        Assert.True(_server.Server.Identity.ConsumerTokens.Validate("demo", jwt).IsValid);
    }

    [Fact]
    [Checklist(2)]
    public async Task Every_signup_is_another_consumer()
    {
        async Task<string> SignUpAsync()
        {
            using var response = await _server.Http.PostAsync("/api/account/demo/signup", null);
            return MessagingServer.SubjectOf((string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["jwt"]!);
        }

        Assert.NotEqual(await SignUpAsync(), await SignUpAsync());
    }

    [Theory]
    [InlineData("", "callback")]
    [InlineData("?callback=lpCb", "lpCb")]
    [InlineData("?callback=a.b.$c_1", "a.b.$c_1")]
    [CompatibilityRule(24)]
    public async Task Signup_jsonp_calls_the_function_asked_for(string query, string function)
    {
        var response = await _server.Http.GetAsync($"/api/account/demo/signup.jsonp{query}");
        Assert.Equal("application/javascript", response.Content.Headers.ContentType!.MediaType);
        var script = await response.Content.ReadAsStringAsync();
        Assert.StartsWith($"{function}({{", script);
        Assert.EndsWith(")", script);
        var jwt = (string)JsonNode.Parse(script[(function.Length + 1)..^1])!["jwt"]!;
        Assert.True(_server.Server.Identity.ConsumerTokens.Validate("demo", jwt).IsValid);
    }

    [Theory]
    [InlineData("alert(1)//")]
    [InlineData("a;b")]
    [InlineData("1a")]
    [InlineData("a..b")]
    [InlineData("<script>")]
    [InlineData("a\n")]
    public async Task A_callback_that_is_no_name_is_refused(string callback)
    {
        var response = await _server.Http.GetAsync($"/api/account/demo/signup.jsonp?callback={Uri.EscapeDataString(callback)}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task An_unknown_account_signs_nobody_up()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.Http.PostAsync("/api/account/nobody/signup", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.Http.GetAsync("/api/account/nobody/signup.jsonp")).StatusCode);
    }

    [Theory]
    [InlineData("/.well-known/jwks.json")]
    [InlineData("/api/account/demo/.well-known/jwks.json")]
    public async Task The_keys_are_published_with_the_kid_of_new_tokens(string path)
    {
        var keys = JsonNode.Parse(await _server.Http.GetStringAsync(path))!["keys"]!.AsArray();
        var kid = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(_server.Env["LP_JWT"]).Kid;
        Assert.Equal([kid], keys.Select(key => (string?)key!["kid"]));
        Assert.Equal("ES256", (string?)keys[0]!["alg"]);
    }

    [Theory]
    [InlineData("POST", "/api/account/demo/signup")]
    [InlineData("POST", "/api/account/demo/anonymous/authorize")]
    [InlineData("POST", "/api/account/demo/authenticate")]
    [InlineData("POST", "/api/account/demo/app/ACR0/authenticate?v=3.0")]
    [InlineData("POST", "/api/account/demo/login")]
    [InlineData("POST", "/api/account/demo/refresh")]
    [InlineData("GET", "/api/account/demo/service/baseURI.json")]
    [InlineData("GET", "/.well-known/jwks.json")]
    [CompatibilityRule(24)]
    public async Task Rule_ch25_24_any_page_may_call_without_credentials(string method, string path)
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, path);
        preflight.Headers.Add("Origin", "https://brand.example.test");
        preflight.Headers.Add("Access-Control-Request-Method", method);
        preflight.Headers.Add("Access-Control-Request-Headers", "content-type,authorization");
        var allowed = await _server.Http.SendAsync(preflight);
        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        Assert.Equal(["*"], allowed.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Contains("authorization", string.Join(',', allowed.Headers.GetValues("Access-Control-Allow-Headers")));
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Origin", "https://brand.example.test");
        var response = await _server.Http.SendAsync(request);
        Assert.Equal(["*"], response.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }
}
