using Parley.Client.Tests.Peer;

namespace Parley.Client.Tests;

public sealed class EndpointTests
{
    [Fact]
    public async Task Discovery_finds_the_services_by_name()
    {
        using var authority = new PrivateAuthority();
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync(authority.Server);
        peer.Http = (path, _) => path == "/api/account/demo1/service/baseURI.json"
            ? (200, """{"baseURIs":[{"service":"idp","baseURI":"i:1"},{"service":"agentVep","baseURI":"a:2"},{"service":"asyncMessagingEnt","baseURI":"m:3"}]}""") : null;
        using var handler = CertificateTrust.HandlerTrusting(authority.CaFile);
        ParleyEndpoints found = await ParleyEndpoints.DiscoverAsync(peer.Address, "demo1", handler);
        Assert.Equal(new("demo1", new("https://m:3"), new("https://i:1"), new("https://a:2")), found);
    }

    [Fact]
    public async Task A_service_that_discovery_does_not_name_is_missed()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        peer.Http = (_, _) => (200, """{"baseURIs":[]}""");
        await Assert.ThrowsAsync<ParleyConnectException>(() => ParleyEndpoints.DiscoverAsync(peer.Address, "demo1"));
        peer.Http = (_, _) => (400, "{}");
        Assert.Equal(400, (int)(await Assert.ThrowsAsync<ParleyConnectException>(() => ParleyEndpoints.DiscoverAsync(peer.Address, "?"))).Status!);
    }

    [Fact]
    public void The_variables_of_the_environment_file_name_them_too()
    {
        var variables = new Dictionary<string, string> { ["LP_ACCOUNT"] = "demo1", ["LP_ASYNCMESSAGINGENT"] = "h:8443", ["LP_IDP"] = "h:8443", ["LP_AGENTVEP"] = "h:8443" };
        Assert.Equal(ParleyEndpoints.At(new("https://h:8443"), "demo1"), ParleyEndpoints.FromVariables(variables.GetValueOrDefault));
        variables.Remove("LP_IDP");
        Assert.Contains("LP_IDP", Assert.Throws<ParleyException>(() => ParleyEndpoints.FromVariables(variables.GetValueOrDefault)).Message);
    }

    [Fact]
    public async Task A_signup_makes_a_consumer_who_knows_his_id()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        peer.Http = (path, _) => path == "/api/account/demo1/signup" ? (200, $$"""{"jwt":"{{Tokens.Consumer("k-1")}}"}""") : null;
        await using ConsumerClient consumer = await ConsumerClient.SignUpAsync(peer.Endpoints);
        Assert.Equal(("k-1", Tokens.Consumer("k-1")), (consumer.ConsumerId, consumer.Jwt));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.!!.c")]
    [InlineData("a.e30.c")]
    public void What_is_no_token_is_refused_at_once(string text) =>
        Assert.Throws<FormatException>(() => new ConsumerClient(ParleyEndpoints.At(new("http://h"), "a"), text));

    [Fact]
    public async Task A_server_with_an_unknown_authority_is_not_trusted()
    {
        using var authority = new PrivateAuthority();
        using var stranger = new PrivateAuthority();
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync(authority.Server);
        using var handler = CertificateTrust.HandlerTrusting(stranger.CaFile);
        await using var client = new ConsumerClient(peer.Endpoints, Tokens.Consumer(), new() { Handler = handler });
        Assert.Contains("certificate", (await Assert.ThrowsAsync<ParleyConnectException>(() => client.ConnectAsync().Within())).Message);
    }
}
