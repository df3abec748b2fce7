namespace Parley.Server.Tests.Identity.SignIn;

/// <summary>Anonymous consumers who sign in with the brand while they talk (protocol 4.6).</summary>
public sealed class StepUpTests(SignInServer fixture) : IClassFixture<SignInServer>, IAsyncDisposable
{
    private readonly SignInServer _server = fixture.Forgiven();
    private readonly Brand _brand = new(fixture.Time);

    private Parley.Server.Identity.ConsumerTokens Tokens => _server.Server.Server.Identity.ConsumerTokens;

    public ValueTask DisposeAsync() => _brand.DisposeAsync();

    [Theory]
    [InlineData("jwt {0}")]
    [InlineData("Bearer {0}")]
    [InlineData("{0}")]
    public async Task The_new_token_proves_which_anonymous_consumer_he_was(string header)
    {
        var account = await _server.NewAccountAsync(_brand.Implicit());
        var anonymous = await _server.AnonymousAsync(account);

        var jwt = await _server.ExchangeAsync(account, _brand.Token(), authorization: string.Format(header, anonymous));

        var was = (string)SignInServer.ClaimsOf(anonymous)["sub"]!;
        Assert.Equal(was, (string?)SignInServer.ClaimsOf(jwt)["lp.stepup"]);
        var consumer = Tokens.Validate(account, jwt).Consumer!;
        Assert.Equal((was, false), (consumer.SteppedUpFrom, consumer.IsAnonymous));
        Assert.NotEqual(was, consumer.ConsumerId);
        Assert.Equal(consumer.ConsumerId, (string?)SignInServer.ClaimsOf(await _server.ExchangeAsync(account, _brand.Token()))["sub"]);
    }

    [Fact]
    public async Task A_consumer_of_a_plain_signup_steps_up_too_in_the_old_form()
    {
        var account = await _server.NewAccountAsync(_brand.Implicit());
        var anonymous = await _server.Server.SignupAsync(account);

        var jwt = await _server.GetAsync("jwt", account, "authenticate", SignInServer.Body("authCode", _brand.Token()), $"jwt {anonymous}");

        Assert.Equal((string?)SignInServer.ClaimsOf(anonymous)["sub"], Tokens.Validate(account, jwt).Consumer!.SteppedUpFrom);
    }

    [Fact]
    public async Task A_consumer_steps_up_with_a_code_too()
    {
        await _brand.ServeAsync();
        _brand.Say(200, SignInServer.Body("id_token", _brand.Token()));
        var account = await _server.NewAccountAsync(_brand.Code());
        var anonymous = await _server.AnonymousAsync(account);

        var jwt = await _server.GetAsync("token", account, "app/default/authenticate?v=2.0", """{"code":"c-1"}""", $"jwt {anonymous}");

        Assert.Equal((string?)SignInServer.ClaimsOf(anonymous)["sub"], Tokens.Validate(account, jwt).Consumer!.SteppedUpFrom);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("other account")]
    [InlineData("external token")]
    [InlineData("signed in already")]
    [InlineData("expired")]
    [InlineData("revoked token")]
    [InlineData("revoked consumer")]
    public async Task Who_does_not_prove_who_he_was_gets_no_token_at_all(string what)
    {
        var account = await _server.NewAccountAsync(_brand.Implicit());
        var anonymous = await _server.AnonymousAsync(account);
        switch (what)
        {
            case "nonsense":
                anonymous = what;
                break;
            case "other account":
                anonymous = await _server.AnonymousAsync(await _server.NewAccountAsync());
                break;
            case "external token":
                anonymous = await _server.GetAsync("token", account, "anonymous/authorize", null);
                break;
            case "signed in already":
                anonymous = await _server.ExchangeAsync(account, _brand.Token(("sub", "somebody else")));
                break;
            case "expired":
                _server.Time.Advance(TimeSpan.FromHours(1));
                break;
            case "revoked token":
                await Tokens.RevokeAsync(account, (string)SignInServer.ClaimsOf(anonymous)["jti"]!);
                break;
            case "revoked consumer":
                await Tokens.RevokeConsumerAsync(account, (string)SignInServer.ClaimsOf(anonymous)["sub"]!);
                break;
        }

        Assert.Equal(9008, await _server.RefusedAsync(account, "app/web/authenticate?v=3.0", SignInServer.Body("id_token", _brand.Token()), $"jwt {anonymous}"));
    }
}
