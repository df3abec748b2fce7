namespace Parley.Server.Tests.Identity.SignIn;

/// <summary>Keys that the brand's identity provider publishes (RFC 7517).</summary>
public sealed class KeySetTests(SignInServer fixture) : IClassFixture<SignInServer>, IAsyncLifetime
{
    private readonly SignInServer _server = fixture.Forgiven();
    private readonly Brand _brand = new(fixture.Time);
    private string _account = "";

    public async ValueTask InitializeAsync()
    {
        await _brand.ServeAsync();
        _account = await _server.NewAccountAsync(_brand.Published());
    }

    public ValueTask DisposeAsync() => _brand.DisposeAsync();

    [Fact]
    public async Task Keys_are_fetched_once_and_found_by_their_kid()
    {
        _brand.Publish("k1", "k2");

        await SignInAsync("k1");
        await SignInAsync("k2");
        await SignInAsync("k1");

        Assert.Equal(1, _brand.Requests);
    }

    [Fact]
    public async Task For_an_unknown_kid_the_provider_is_asked_again_once_a_minute()
    {
        _brand.Publish("k1");
        await SignInAsync("k1");
        _brand.Publish("k1", "k2");
        for (var i = 0; i < 3; i++) Assert.Equal(1041, await RefusedAsync("k2"));
        Assert.Equal(1, _brand.Requests);

        _server.Time.Advance(TimeSpan.FromMinutes(1));
        await SignInAsync("k2");
        for (var i = 0; i < 3; i++) Assert.Equal(1041, await RefusedAsync("k3"));

        Assert.Equal(2, _brand.Requests);
    }

    [Fact]
    public async Task Parallel_sign_ins_share_one_request()
    {
        _brand.Publish("k1");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => SignInAsync("k1")));

        Assert.Equal(1, _brand.Requests);
    }

    [Fact]
    public async Task A_token_without_kid_is_taken_when_there_is_one_key()
    {
        _brand.Publish("k1");

        await SignInAsync(kid: null);
    }

    [Fact]
    public async Task A_token_without_kid_is_refused_when_there_are_several()
    {
        _brand.Publish("k1", "k2");

        Assert.Equal(1042, await RefusedAsync(kid: null));
    }

    [Fact]
    public async Task A_key_that_is_published_no_longer_is_not_trusted_after_an_hour()
    {
        _brand.Publish("k1");
        await SignInAsync("k1");
        _brand.Publish("k2");

        _server.Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        await SignInAsync("k1");
        _server.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1041, await RefusedAsync("k1"));
    }

    [Fact]
    public async Task While_the_provider_fails_the_keys_it_had_are_good_for_a_day()
    {
        _brand.Publish("k1");
        await SignInAsync("k1");
        _brand.Say(500, "out of order");

        _server.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(10));
        await SignInAsync("k1");
        _server.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(1023, await RefusedAsync("k1"));
    }

    [Fact]
    public async Task After_a_failure_the_provider_is_asked_again_in_seconds()
    {
        _brand.Say(500, "out of order");
        for (var i = 0; i < 3; i++) Assert.Equal(1023, await RefusedAsync("k1"));
        Assert.Equal(1, _brand.Requests);
        _brand.Publish("k1");

        _server.Time.Advance(TimeSpan.FromSeconds(5));

        await SignInAsync("k1");
    }

    [Theory]
    [InlineData(200, "not json", 1038)]
    [InlineData(200, "[]", 1038)]
    [InlineData(200, "{}", 1038)]
    [InlineData(200, """{"keys":[]}""", 1038)]
    [InlineData(200, """{"keys":[{"kty":"oct","k":"c2VjcmV0","kid":"k1"}]}""", 1038)]
    [InlineData(200, """{"keys":[{"kty":"RSA","n":7,"kid":"k1"}]}""", 1038)]
    [InlineData(404, "{}", 1023)]
    [InlineData(302, "{}", 1023)]
    public async Task What_is_no_key_set_is_told_apart_from_a_bad_token(int status, string body, int code)
    {
        _brand.Say(status, body);

        Assert.Equal(code, await RefusedAsync("k1"));
    }

    [Fact]
    public async Task A_provider_that_cannot_be_reached_is_told_apart_from_a_bad_token()
    {
        await _brand.DisposeAsync();
        var account = await _server.NewAccountAsync(_brand.Published());
        await using var other = new Brand(_server.Time);

        Assert.Equal(9013, await _server.RefusedAsync(account, "app/web/authenticate?v=3.0", SignInServer.Body("id_token", other.Token())));
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_is_waited_for_ten_seconds()
    {
        var asked = _brand.FallSilent();
        var refused = RefusedAsync("k1");
        await asked;
        _server.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(refused.IsCompleted);

        _server.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(9013, await refused);
    }

    [Fact]
    public async Task An_answer_without_end_is_not_waited_for()
    {
        _brand.Answer = async context =>
        {
            var chunk = new byte[64 * 1024];
            try
            {
                while (true) await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                // The server has had enough.
            }
        };

        Assert.Equal(9013, await RefusedAsync("k1"));
    }

    private Task<string> SignInAsync(string? kid) => _server.ExchangeAsync(_account, Token(kid));

    private Task<int> RefusedAsync(string? kid) => _server.RefusedAsync(_account, "app/web/authenticate?v=3.0", SignInServer.Body("id_token", Token(kid)));

    private string Token(string? kid) =>
        _brand.Sign(kid is null ? """{"alg":"RS256"}""" : $$"""{"alg":"RS256","kid":"{{kid}}"}""", _brand.Claims().ToJsonString());
}
