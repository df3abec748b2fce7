using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using Parley.Protocol;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Identity.SignIn;

/// <summary>Visitors nobody vouches for (protocol 4.3).</summary>
public sealed class AnonymousTests(SignInServer fixture) : IClassFixture<SignInServer>
{
    private const string Authorize = "anonymous/authorize";
    private const string Exchange = "app/ACR0/authenticate?v=3.0";

    private readonly SignInServer _server = fixture.Forgiven();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \r\n")]
    [InlineData("\"\"")]
    [InlineData("{}")]
    [InlineData("""{"id_token":null,"more":1}""")]
    public async Task A_new_visitor_gets_a_token_signs_in_with_it_and_opens_a_socket(string? body)
    {
        var account = await _server.NewAccountAsync();
        var ext = await _server.GetAsync("token", account, Authorize, body);

        var jwt = await _server.ExchangeAsync(account, ext, "ACR0");

        var claims = SignInServer.ClaimsOf(jwt);
        Assert.Equal((string?)SignInServer.ClaimsOf(ext)["sub"], (string?)claims["sub"]);
        Assert.Equal($"acc:{account}", (string?)claims["aud"]);
        Assert.Equal(3600, (long)claims["exp"]! - (long)claims["iat"]!);
        Assert.Null(claims["lp.ext"]);
        await using var socket = await _server.Server.ConsumerAsync(account, jwt);
        await socket.DoAsync("cqm.SubscribeExConversations");
    }

    [Fact]
    public async Task Every_visitor_is_another_consumer()
    {
        var account = await _server.NewAccountAsync();
        var subjects = new HashSet<string>();
        for (var i = 0; i < 5; i++) subjects.Add((string)SignInServer.ClaimsOf(await _server.GetAsync("token", account, Authorize, null))["sub"]!);

        Assert.Equal(5, subjects.Count);
    }

    [Theory]
    [InlineData("authenticate", "authCode", "jwt")]
    [InlineData("app/default/authenticate?v=2.0", "id_token", "jwt")]
    [InlineData("app/default/authenticate?v=2.0", "id_token", "token")]
    [InlineData("app/ACR0/authenticate", "id_token", "token")]
    public async Task All_forms_of_the_exchange_take_the_token(string path, string given, string answered)
    {
        var account = await _server.NewAccountAsync();
        var ext = await _server.GetAsync("token", account, Authorize, null);

        var jwt = await _server.GetAsync(answered, account, path, SignInServer.Body(given, ext));

        Assert.True(_server.Server.Server.Identity.ConsumerTokens.Validate(account, jwt).Consumer is { IsAnonymous: true });
    }

    [Fact]
    public async Task A_token_lives_ten_minutes_and_is_renewed_for_the_same_consumer_though_it_has_expired()
    {
        var account = await _server.NewAccountAsync();
        var ext = await _server.GetAsync("token", account, Authorize, null);
        _server.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        await _server.ExchangeAsync(account, ext, "ACR0");
        _server.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1012, await _server.RefusedAsync(account, Exchange, SignInServer.Body("id_token", ext)));

        var renewed = await _server.GetAsync("token", account, Authorize, SignInServer.Body("id_token", ext));

        Assert.NotEqual(ext, renewed);
        Assert.Equal((string?)SignInServer.ClaimsOf(ext)["sub"], (string?)SignInServer.ClaimsOf(await _server.ExchangeAsync(account, renewed, "ACR0"))["sub"]);
    }

    [Fact]
    public async Task Renewing_ends_with_its_time_after_the_first_token_however_often_it_was_renewed()
    {
        var account = await _server.NewAccountAsync();
        var ext = await _server.GetAsync("token", account, Authorize, null);
        for (var i = 0; i < 2; i++)
        {
            _server.Time.Advance(TimeSpan.FromMinutes(89));
            ext = await _server.GetAsync("token", account, Authorize, SignInServer.Body("id_token", ext));
        }

        _server.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(2001, await _server.RefusedAsync(account, Authorize, SignInServer.Body("id_token", ext)));
    }

    [Fact]
    public async Task A_token_is_renewed_after_the_signing_key_has_changed()
    {
        var account = await _server.NewAccountAsync();
        var ext = await _server.GetAsync("token", account, Authorize, null);
        await _server.Server.Server.Identity.SigningKeys.RotateAsync(TokenAlgorithm.RS256);
        await _server.Server.Server.Identity.SigningKeys.RotateAsync(TokenAlgorithm.ES256);

        await _server.GetAsync("token", account, Authorize, SignInServer.Body("id_token", ext));
    }

    public static TheoryData<string, int, int> NotAccepted => new()
    {
        { "nonsense", 1001, 1008 },
        { "a.b.c", 1001, 1009 },
        { "other signature", 2002, 2002 },
        { "consumer token", 2004, 2004 },
        { "other account", 2004, 2004 },
    };

    [Theory]
    [MemberData(nameof(NotAccepted))]
    public async Task What_is_no_anonymous_token_of_the_account_is_neither_renewed_nor_exchanged(string what, int renewing, int exchanging)
    {
        var account = await _server.NewAccountAsync();
        var ext = await _server.GetAsync("token", account, Authorize, null);
        var wrong = what switch
        {
            "other signature" => ext[..(ext.LastIndexOf('.') + 1)] + Base64UrlEncoder.Encode(new byte[64]),
            "consumer token" => await _server.Server.SignupAsync(account),
            "other account" => await _server.GetAsync("token", await _server.NewAccountAsync(), Authorize, null),
            _ => what,
        };

        Assert.Equal(renewing, await _server.RefusedAsync(account, Authorize, SignInServer.Body("id_token", wrong)));
        Assert.Equal(exchanging, await _server.RefusedAsync(account, Exchange, SignInServer.Body("id_token", wrong)));
    }

    [Theory]
    [InlineData("""{"id_token":7}""")]
    [InlineData("""{"id_token":["x"]}""")]
    [InlineData("""{"id_token":"\ud800"}""")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("{broken")]
    [InlineData("a=b")]
    public async Task A_body_that_means_neither_a_new_visitor_nor_an_old_token_is_refused(string body) =>
        Assert.Equal(9012, await _server.RefusedAsync(await _server.NewAccountAsync(), Authorize, body));

    [Fact]
    public async Task The_token_itself_opens_no_socket()
    {
        var account = await _server.NewAccountAsync();
        var ext = await _server.GetAsync("token", account, Authorize, null);
        await using var socket = new WireClient(await _server.Server.OpenAsync(MessagingServer.ConsumerPath(account), $"Authorization: jwt {ext}"), Dialect.V3);

        Assert.Equal(4401, (await socket.ClosedAsync()).CloseCode);
    }

    [Fact]
    public async Task An_account_may_switch_anonymous_consumers_off_and_on()
    {
        var account = await _server.NewAccountAsync();
        var ext = await _server.GetAsync("token", account, Authorize, null);
        var accounts = _server.Server.Server.Identity.Accounts;
        await accounts.ChangeSettingsAsync(account, new AccountSettings { AnonymousConsumers = false });

        var old = SignInServer.Body("id_token", ext);
        foreach (var (path, body) in ((string, string?)[])[(Authorize, null), (Authorize, old), (Exchange, old), ("signup", null)])
            Assert.Equal((path, 2005), (path, await _server.RefusedAsync(account, path, body)));
        using var script = await _server.Server.Http.GetAsync($"/api/account/{account}/signup.jsonp");
        Assert.Equal(403, (int)script.StatusCode);

        await accounts.ChangeSettingsAsync(account, new AccountSettings());
        await _server.ExchangeAsync(account, ext, "ACR0");
    }

    [Theory]
    [InlineData(Authorize)]
    [InlineData("authenticate")]
    [InlineData(Exchange)]
    public async Task An_unknown_account_signs_nobody_in(string path) =>
        Assert.Equal(9012, await _server.RefusedAsync("nobody", path, """{"id_token":"x"}"""));

    [Fact]
    public async Task A_socket_is_closed_4407_when_its_token_expires_and_opens_again_with_a_renewed_one()
    {
        var account = await _server.NewAccountAsync();
        var ext = await _server.GetAsync("token", account, Authorize, null);
        var jwt = await _server.ExchangeAsync(account, ext, "ACR0");
        await using var socket = await _server.Server.ConsumerAsync(account, jwt);
        await socket.CatchUpAsync();

        _server.Time.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromSeconds(1));
        await socket.CatchUpAsync();
        _server.Time.Advance(TimeSpan.FromSeconds(1));

        var close = await socket.ClosedAsync();
        Assert.Equal((4407, "Identity token is invalid"), (close.CloseCode, close.CloseReason));
        await using var late = await _server.Server.ConsumerAsync(account, jwt);
        Assert.Equal(4407, (await late.ClosedAsync()).CloseCode);
        ext = await _server.GetAsync("token", account, Authorize, SignInServer.Body("id_token", ext));
        await using var renewed = await _server.Server.ConsumerAsync(account, await _server.ExchangeAsync(account, ext, "ACR0"));
        await renewed.DoAsync("cqm.SubscribeExConversations");
    }

    [Fact]
    public async Task A_revoked_visitor_is_closed_4401_and_neither_renews_nor_signs_in_again()
    {
        var account = await _server.NewAccountAsync();
        var ext = await _server.GetAsync("token", account, Authorize, null);
        var jwt = await _server.ExchangeAsync(account, ext, "ACR0");
        await using var socket = await _server.Server.ConsumerAsync(account, jwt);
        await using var other = await _server.Server.ConsumerAsync(account);
        await socket.CatchUpAsync();
        _server.Time.Advance(TimeSpan.FromMinutes(1));
        ext = await _server.GetAsync("token", account, Authorize, SignInServer.Body("id_token", ext));

        await _server.Server.Server.Identity.ConsumerTokens.RevokeConsumerAsync(account, socket.UserId);

        Assert.Equal(4401, (await socket.ClosedAsync()).CloseCode);
        await other.CatchUpAsync();
        _server.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1049, await _server.RefusedAsync(account, Authorize, SignInServer.Body("id_token", ext)));
        Assert.Equal(1049, await _server.RefusedAsync(account, Exchange, SignInServer.Body("id_token", ext)));
        await using var late = await _server.Server.ConsumerAsync(account, jwt);
        Assert.Equal(4401, (await late.ClosedAsync()).CloseCode);
    }

    [Fact]
    public async Task A_revoked_token_of_a_visitor_closes_its_socket_4401()
    {
        var account = await _server.NewAccountAsync();
        var jwt = await _server.AnonymousAsync(account);
        await using var socket = await _server.Server.ConsumerAsync(account, jwt);
        await socket.CatchUpAsync();

        await _server.Server.Server.Identity.ConsumerTokens.RevokeAsync(account, (string)SignInServer.ClaimsOf(jwt)["jti"]!);

        Assert.Equal(4401, (await socket.ClosedAsync()).CloseCode);
    }

    [Fact]
    public async Task Answers_are_not_to_be_kept_by_caches()
    {
        using var answer = await _server.Server.Http.PostAsync($"/api/account/{await _server.NewAccountAsync()}/{Authorize}", null);

        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["token"], JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject().Select(member => member.Key));
    }
}
