using Parley.Server.Tests.Support;
using System.Net;
using System.Text.Json.Nodes;
using Parley.Server.Discovery;
using Parley.Server.Tests.Hosting;

namespace Parley.Server.Tests.Discovery;

public sealed class DiscoveryTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;

    [Theory]
    [InlineData("/api/account/demo/service/asyncMessagingEnt/baseURI.json?version=1.0")]
    [InlineData("/api/account/demo/service/asyncMessagingEnt/baseURI?version=1.0")]
    [InlineData("/csdr/account/demo/service/asyncMessagingEnt/baseURI.json?version=1.0")]
    [InlineData("/csdr/account/demo/service/asyncMessagingEnt/baseURI")]
    [Checklist(1)]
    public async Task One_service_in_every_spelling(string path)
    {
        Assert.Equal(
            $$"""{"service":"asyncMessagingEnt","account":"demo","baseURI":"127.0.0.1:{{_server.Bound.Https.Port}}"}""",
            await _server.Http.GetStringAsync(path));
    }

    [Theory]
    [InlineData("/api/account/demo/service/baseURI.json?version=1.0")]
    [InlineData("/api/account/demo/service/baseURI")]
    [InlineData("/csdr/account/demo/service/baseURI.json?version=1.0")]
    [Checklist(1)]
    [CompatibilityRule(10)]
    public async Task Rule_23_the_list_has_every_service_once_and_hosts_without_scheme(string path)
    {
        var list = JsonNode.Parse(await _server.Http.GetStringAsync(path))!["baseURIs"]!.AsArray();
        var names = list.Select(entry => (string)entry!["service"]!).ToArray();
        Assert.Equal(Services.Names, names);
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(list, entry => Assert.Equal(("demo", $"127.0.0.1:{_server.Bound.Https.Port}"), ((string?)entry!["account"], (string?)entry["baseURI"])));
    }

    [Theory]
    [InlineData("agentVep")]
    [InlineData("asyncMessagingEnt")]
    [InlineData("facadeMsg")]
    [InlineData("idp")]
    [InlineData("msgHist")]
    [InlineData("sentinel")]
    [InlineData("swift")]
    [InlineData("runtimeFormLogic")]
    [InlineData("accountConfigReadOnly")]
    [InlineData("accountConfigReadWrite")]
    [InlineData("acCdnDomain")]
    [InlineData("leDataReporting")]
    [CompatibilityRule(10)]
    public void Clients_ask_for(string service) => Assert.Contains(service, Services.Names);

    [Theory]
    [InlineData("?version=1.0&cb=domainCallback", "domainCallback")]
    [InlineData("?version=1.0", "callback")]
    [CompatibilityRule(24)]
    public async Task The_script_form_calls_back(string query, string function)
    {
        var response = await _server.Http.GetAsync($"/csdr/account/demo/service/idp/baseURI.lpCsds{query}");
        Assert.Equal("application/javascript", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            $$$"""{{{function}}}({"ResultSet":{"lpData":[{"lpServer":"127.0.0.1:{{{_server.Bound.Https.Port}}}"}]}})""",
            await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/api/account/demo/service/nothing/baseURI.json", 404)]
    [InlineData("/api/account/demo/service/IDP/baseURI.json", 404)]
    [InlineData("/csdr/account/demo/service/nothing/baseURI.lpCsds", 404)]
    [InlineData("/csdr/account/demo/service/idp/baseURI.lpCsds?cb=alert(1)", 400)]
    [InlineData("/api/account/nobody/service/baseURI.json", 401)]
    [InlineData("/api/account/nobody/service/idp/baseURI.json", 401)]
    [InlineData("/csdr/account/nobody/service/idp/baseURI.lpCsds", 401)]
    [InlineData("/api/account/no-account/service/baseURI.json", 400)]
    public async Task What_does_not_exist_is_answered_with(string path, int status)
    {
        Assert.Equal(status, (int)(await _server.Http.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Plain_http_answers_too_with_the_https_address()
    {
        using var plain = new HttpClient();
        var answer = JsonNode.Parse(await plain.GetStringAsync($"http://{_server.Bound.Http}/api/account/demo/service/idp/baseURI.json"))!;
        Assert.Equal($"127.0.0.1:{_server.Bound.Https.Port}", (string?)answer["baseURI"]);
    }

    [Theory]
    [InlineData("chat.example.test", "chat.example.test:PORT")]
    [InlineData("chat.example.test:9000", "chat.example.test:PORT")]
    [InlineData("[::1]:9000", "[::1]:PORT")]
    public async Task Rule_26_any_host_header_is_taken_with_the_https_port(string host, string address) =>
        Assert.Equal(address, await AskAsync(null, ("Host", host)));

    [Theory]
    [InlineData("brand.example.test", "brand.example.test:PORT")]
    [InlineData("brand.example.test:8888", "brand.example.test:8888")]
    public async Task Rule_26_the_public_host_wins(string publicHost, string address) =>
        Assert.Equal(address, await AskAsync(options => options.PublicHost = publicHost, ("Host", "other.test")));

    [Theory]
    [InlineData("127.0.0.1", "edge.example.test")]
    [InlineData("127.0.0.0/8", "edge.example.test")]
    [InlineData("10.0.0.1", "inner.test:PORT")]
    [InlineData(null, "inner.test:PORT")]
    public async Task Forwarded_headers_are_believed_from_configured_proxies_only(string? proxy, string address) => Assert.Equal(
        address,
        await AskAsync(
            options =>
            {
                if (proxy is not null)
                {
                    options.TrustedProxies.Add(proxy);
                }
            },
            ("Host", "inner.test"), ("X-Forwarded-Host", "edge.example.test"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "192.0.2.7")));

    [Fact]
    public async Task The_mark_of_a_proxy_cannot_be_forged() => Assert.Equal(
        "inner.test:PORT",
        await AskAsync(options => options.TrustedProxies.Add("10.0.0.1"), ("Host", "inner.test"), ("X-Original-Host", "x")));

    private static async Task<string> AskAsync(Action<Parley.Server.Hosting.ServerOptions>? configure, params (string Name, string Value)[] headers)
    {
        await using var server = await TestServer.StartAsync(configure);
        using var plain = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{server.Bound.Http}/api/account/demo/service/idp/baseURI.json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await plain.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var address = (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["baseURI"]!;
        return address.Replace($":{server.Bound.Https.Port}", ":PORT", StringComparison.Ordinal);
    }
}
