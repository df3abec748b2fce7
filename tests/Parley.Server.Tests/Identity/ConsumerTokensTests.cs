using Parley.Server.Tests.Support;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Parley.Server.Identity;
using Parley.Server.Identity.SignIn;

namespace Parley.Server.Tests.Identity;

public sealed class ConsumerTokensTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-id-").FullName;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly IdentityOptions _options = new();
    private IdentityServices _identity = null!;

    private ConsumerTokens Tokens => _identity.ConsumerTokens;
    private SigningCredentials Credentials => _identity.SigningKeys.Current!.Credentials;

    public async ValueTask InitializeAsync()
    {
        await OpenAsync();
        await _identity.Accounts.AddAsync("demo");
        await _identity.Accounts.AddAsync("other");
    }

    public ValueTask DisposeAsync()
    {
        _identity.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void A_token_names_its_consumer_until_it_expires()
    {
        var issued = Tokens.Issue("demo");
        var validation = Tokens.Validate("demo", issued.Jwt);
        Assert.Equal(issued.Consumer, validation.Consumer);
        Assert.True(validation.Consumer!.IsAnonymous);
        Assert.Equal(_time.GetUtcNow().AddDays(365), validation.Consumer.ExpiresAt, TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromDays(365));
        Assert.Equal(TokenFailure.Expired, Tokens.Validate("demo", issued.Jwt).Failure);
    }

    [Fact]
    public void Header_and_claims_are_those_of_the_protocol()
    {
        var token = new JsonWebToken(Tokens.Issue("demo", "0b9e6c1a-5d1f-4a7e-9b52-2f3c7d8e9a10").Jwt);
        var header = JsonNode.Parse(Base64UrlEncoder.Decode(token.EncodedHeader))!.AsObject();
        Assert.Equal(("ES256", "JWT", Credentials.Key.KeyId), ((string?)header["alg"], (string?)header["typ"], (string?)header["kid"]));
        var claims = JsonNode.Parse(Base64UrlEncoder.Decode(token.EncodedPayload))!.AsObject();
        Assert.Equal(["sub", "aud", "iss", "exp", "iat", "jti"], claims.Select(claim => claim.Key));
        Assert.Equal("0b9e6c1a-5d1f-4a7e-9b52-2f3c7d8e9a10", (string?)claims["sub"]);
        Assert.Equal("acc:demo", (string?)claims["aud"]);
        Assert.Equal("https://localhost", (string?)claims["iss"]);
    }

    [Theory]
    [InlineData("c")]
    [InlineData("co")]
    [InlineData("con")]
    [InlineData("a-b_c.d")]
    [InlineData(null)]
    [CompatibilityRule(23)]
    public void Rule_ch25_23_the_claims_are_plain_base64_without_padding(string? consumer)
    {
        for (var i = 0; i < 20; i++)
        {
            var middle = Tokens.Issue("demo", consumer).Jwt.Split('.')[1];
            Assert.Equal(0, middle.Length % 4);
            Assert.NotNull(JsonNode.Parse(Convert.FromBase64String(middle)));
        }
    }

    [Fact]
    public void Every_token_has_its_own_consumer_and_id()
    {
        var issued = Enumerable.Range(0, 50).Select(_ => Tokens.Issue("demo").Consumer).ToArray();
        Assert.Equal(50, issued.Select(consumer => consumer.ConsumerId).Distinct().Count());
        Assert.Equal(50, issued.Select(consumer => consumer.TokenId).Distinct().Count());
    }

    public static TheoryData<string, TokenFailure> Forgeries => new()
    {
        { "empty", TokenFailure.Malformed },
        { "garbage", TokenFailure.Malformed },
        { "two parts", TokenFailure.Malformed },
        { "claims are no JSON", TokenFailure.Malformed },
        { "one megabyte", TokenFailure.Malformed },
        { "duplicate claim", TokenFailure.Malformed },
        { "duplicate header member", TokenFailure.Malformed },
        { "no expiry", TokenFailure.Malformed },
        { "no subject", TokenFailure.Malformed },
        { "no jti", TokenFailure.Malformed },
        { "alg none", TokenFailure.BadSignature },
        { "alg None with signature", TokenFailure.BadSignature },
        { "HS256 with the public key as secret", TokenFailure.BadSignature },
        { "key of our own under a foreign kid", TokenFailure.BadSignature },
        { "foreign key under our kid", TokenFailure.BadSignature },
        { "no kid", TokenFailure.BadSignature },
        { "claims changed", TokenFailure.BadSignature },
        { "signature cut", TokenFailure.BadSignature },
        { "key inside the header", TokenFailure.BadSignature },
        { "other issuer", TokenFailure.BadSignature },
        { "no issuer", TokenFailure.BadSignature },
        { "other account", TokenFailure.WrongAccount },
        { "no audience", TokenFailure.WrongAccount },
        { "expired", TokenFailure.Expired },
        { "not yet valid", TokenFailure.NotYetValid },
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void S5_a_token_is_refused_when_it_is(string forgery, TokenFailure failure)
    {
        var good = Tokens.Issue("demo").Jwt;
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var valid = Claims(("sub", "c1"), ("aud", "acc:demo"), ("iss", "https://localhost"), ("exp", now + 60), ("iat", now), ("jti", "t1"));
        Assert.True(Tokens.Validate("demo", Signed(valid)).IsValid, "the forgeries are variations of a token that would be accepted");
        var kid = Credentials.Key.KeyId;
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parts = good.Split('.');
        var jwt = forgery switch
        {
            "empty" => "",
            "garbage" => "not a token",
            "two parts" => $"{parts[0]}.{parts[1]}",
            "claims are no JSON" => SignedRaw($$"""{"alg":"ES256","typ":"JWT","kid":"{{kid}}"}""", "sub"),
            "one megabyte" => Signed(valid.Insert(1, $"\"fill\":\"{new string('x', 1 << 20)}\",")),
            "duplicate claim" => SignedRaw($$"""{"alg":"ES256","typ":"JWT","kid":"{{kid}}"}""", valid.Insert(1, "\"sub\":\"admin\",")),
            "duplicate header member" => SignedRaw($$"""{"alg":"none","alg":"ES256","typ":"JWT","kid":"{{kid}}"}""", valid),
            "no expiry" => Signed(Without(valid, "exp")),
            "no subject" => Signed(Without(valid, "sub")),
            "no jti" => Signed(Without(valid, "jti")),
            "alg none" => $"{Encode($$"""{"alg":"none","typ":"JWT","kid":"{{kid}}"}""")}.{parts[1]}.",
            "alg None with signature" => $"{Encode($$"""{"alg":"None","typ":"JWT","kid":"{{kid}}"}""")}.{parts[1]}.{parts[2]}",
            "HS256 with the public key as secret" => Hmac($$"""{"alg":"HS256","typ":"JWT","kid":"{{kid}}"}""", valid),
            "key of our own under a foreign kid" => SignedRaw("""{"alg":"ES256","typ":"JWT","kid":"nobody"}""", valid),
            "foreign key under our kid" => new JsonWebTokenHandler().CreateToken(valid, new SigningCredentials(new ECDsaSecurityKey(foreign) { KeyId = kid }, "ES256")),
            "no kid" => SignedRaw("""{"alg":"ES256","typ":"JWT"}""", valid),
            "claims changed" => $"{parts[0]}.{Encode(valid)}.{parts[2]}",
            "signature cut" => $"{parts[0]}.{parts[1]}.{parts[2][..^4]}",
            "key inside the header" => HeaderKey(foreign, valid),
            "other issuer" => Signed(valid.Replace("https://localhost", "https://idp.example.test", StringComparison.Ordinal)),
            "no issuer" => Signed(Without(valid, "iss")),
            "other account" => Tokens.Issue("other").Jwt,
            "no audience" => Signed(Without(valid, "aud")),
            "expired" => Signed(Changed(valid, "exp", now)),
            "not yet valid" => Signed(valid.Insert(1, $"\"nbf\":{now + 5},")),
            _ => throw new ArgumentOutOfRangeException(nameof(forgery)),
        };
        var validation = Tokens.Validate("demo", jwt);
        Assert.False(validation.IsValid);
        Assert.Equal(failure, validation.Failure);
    }

    // With a key rotated within a millisecond, the published set began with either of the two.
    [Fact]
    public async Task S5_a_rotated_key_signs_at_once_and_the_old_one_verifies_until_its_tokens_expire()
    {
        var before = Tokens.Issue("demo").Jwt;
        var oldKid = Credentials.Key.KeyId;
        var newKid = await _identity.SigningKeys.RotateAsync(TokenAlgorithm.RS256);
        var after = Tokens.Issue("demo").Jwt;
        Assert.Equal(newKid, new JsonWebToken(after).Kid);
        Assert.Equal("RS256", new JsonWebToken(after).Alg);
        Assert.True(Tokens.Validate("demo", before).IsValid);
        Assert.True(Tokens.Validate("demo", after).IsValid);
        Assert.Equal([newKid, oldKid], _identity.SigningKeys.ToPublicSet().Keys.Select(key => key.Kid));

        _options.Algorithm = TokenAlgorithm.RS256;
        await ReopenAsync();
        Assert.Equal(newKid, Credentials.Key.KeyId);
        Assert.True(Tokens.Validate("demo", before).IsValid);
        _time.Advance(TimeSpan.FromDays(365));
        Assert.Equal([newKid], _identity.SigningKeys.ToPublicSet().Keys.Select(key => key.Kid));
    }

    [Fact]
    public async Task A_revoked_token_is_refused_also_after_a_restart_and_the_gateway_is_told()
    {
        var revocations = new List<Revocation>();
        _identity.Events.Revoked += revocations.Add;
        var issued = Tokens.Issue("demo");
        var other = Tokens.Issue("demo");
        await Tokens.RevokeAsync("demo", issued.Consumer.TokenId);
        Assert.Equal([new Revocation(RevocationKind.TokenRevoked, "demo", issued.Consumer.TokenId)], revocations);
        Assert.Equal(TokenFailure.Revoked, Tokens.Validate("demo", issued.Jwt).Failure);
        await ReopenAsync();
        Assert.Equal(TokenFailure.Revoked, Tokens.Validate("demo", issued.Jwt).Failure);
        Assert.True(Tokens.Validate("demo", other.Jwt).IsValid);
    }

    [Fact]
    public async Task What_a_revoked_consumer_had_is_void_also_after_a_restart_and_what_he_gets_later_is_good()
    {
        var revocations = new List<Revocation>();
        _identity.Events.Revoked += revocations.Add;
        var before = new[] { Tokens.Issue("demo", "c1").Jwt, (await Tokens.MintAsync("demo", "c1", null)).Jwt };
        var others = new[] { ("demo", Tokens.Issue("demo", "c2").Jwt), ("other", Tokens.Issue("other", "c1").Jwt) };
        _time.Advance(TimeSpan.FromMilliseconds(300));
        await Tokens.RevokeConsumerAsync("demo", "c1");
        var atOnce = (await Tokens.MintAsync("demo", "c1", null)).Jwt;

        Assert.Equal([new Revocation(RevocationKind.ConsumerRevoked, "demo", "c1")], revocations);
        for (var i = 0; i < 2; i++)
        {
            Assert.All(before, jwt => Assert.Equal(TokenFailure.Revoked, Tokens.Validate("demo", jwt).Failure));
            Assert.All(others, other => Assert.True(Tokens.Validate(other.Item1, other.Item2).IsValid));
            Assert.True(Tokens.Validate("demo", atOnce).IsValid);
            Assert.Equal([false, true], Tokens.Minted("demo").Select(token => token.Revoked));
            await ReopenAsync();
        }

        await Tokens.RevokeConsumerAsync("demo", "c1");
        Assert.Equal(TokenFailure.Revoked, Tokens.Validate("demo", before[0]).Failure);
        _time.Advance(TimeSpan.FromSeconds(2));
        await Tokens.RevokeConsumerAsync("demo", "c1");
        Assert.Equal(TokenFailure.Revoked, Tokens.Validate("demo", atOnce).Failure);
    }

    [Fact]
    public async Task An_anonymous_visitor_renews_for_730_hours_and_a_revoked_one_not_even_after_a_restart()
    {
        var account = _identity.Accounts.Find("demo")!;
        var staying = await _identity.SignIn.AuthorizeAsync(account, null, "");
        var revoked = await _identity.SignIn.AuthorizeAsync(account, null, "");
        await Tokens.RevokeConsumerAsync("demo", new JsonWebToken(revoked).Subject);
        await ReopenAsync();
        _time.Advance(TimeSpan.FromHours(730) - TimeSpan.FromSeconds(1));

        var renewed = await _identity.SignIn.AuthorizeAsync(account, staying, "");
        Assert.Equal(new JsonWebToken(staying).Subject, new JsonWebToken(renewed).Subject);
        Assert.Equal(IdpErrors.AnonymousRevoked, (await Assert.ThrowsAsync<SignInRefusedException>(() => _identity.SignIn.AuthorizeAsync(account, revoked, ""))).Error);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(IdpErrors.NoLongerRenewable, (await Assert.ThrowsAsync<SignInRefusedException>(() => _identity.SignIn.AuthorizeAsync(account, renewed, ""))).Error);
    }

    [Fact]
    public async Task A_disabled_account_accepts_no_token()
    {
        var jwt = Tokens.Issue("demo").Jwt;
        await _identity.Accounts.DisableAsync("demo");
        Assert.Equal(TokenFailure.WrongAccount, Tokens.Validate("demo", jwt).Failure);
    }

    [Fact]
    public async Task Another_configured_algorithm_rotates_the_key_at_the_next_start()
    {
        var before = Tokens.Issue("demo").Jwt;
        _options.Algorithm = TokenAlgorithm.RS256;
        await ReopenAsync();
        Assert.Equal("RS256", new JsonWebToken(Tokens.Issue("demo").Jwt).Alg);
        Assert.True(Tokens.Validate("demo", before).IsValid);
    }

    [Fact]
    public async Task The_public_keys_verify_a_token_and_hold_no_private_part()
    {
        var jwt = Tokens.Issue("demo").Jwt;
        await _identity.SigningKeys.RotateAsync(TokenAlgorithm.RS256);
        var json = System.Text.Json.JsonSerializer.Serialize(_identity.SigningKeys.ToPublicSet(), IdentityJson.Default.PublicKeySet);
        var set = new JsonWebKeySet(json);
        Assert.Equal(2, set.Keys.Count);
        Assert.All(set.Keys, key => Assert.False(key.HasPrivateKey));
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(jwt, new TokenValidationParameters
        {
            IssuerSigningKeys = set.GetSigningKeys(),
            ValidAudience = "acc:demo",
            ValidIssuer = "https://localhost",
            ValidateLifetime = false,
        });
        Assert.True(result.IsValid, result.Exception?.Message);
    }

    private static string Claims(params (string Name, object Value)[] claims)
    {
        var json = new JsonObject();
        foreach (var (name, value) in claims)
        {
            json[name] = value is long number ? JsonValue.Create(number) : JsonValue.Create((string)value);
        }

        return json.ToJsonString();
    }

    private static string Without(string claims, string name)
    {
        var json = JsonNode.Parse(claims)!.AsObject();
        Assert.True(json.Remove(name));
        return json.ToJsonString();
    }

    private static string Changed(string claims, string name, long value)
    {
        var json = JsonNode.Parse(claims)!.AsObject();
        json[name] = value;
        return json.ToJsonString();
    }

    private static string Encode(string text) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(text));

    private string Signed(string claims) => SignedRaw($$"""{"alg":"ES256","typ":"JWT","kid":"{{Credentials.Key.KeyId}}"}""", claims);

    private string SignedRaw(string header, string claims)
    {
        var content = $"{Encode(header)}.{Encode(claims)}";
        var signature = ((ECDsaSecurityKey)Credentials.Key).ECDsa.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256);
        return $"{content}.{Base64UrlEncoder.Encode(signature)}";
    }

    private string Hmac(string header, string claims)
    {
        var content = $"{Encode(header)}.{Encode(claims)}";
        var secret = Encoding.ASCII.GetBytes(((ECDsaSecurityKey)Credentials.Key).ECDsa.ExportSubjectPublicKeyInfoPem());
        return $"{content}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(content)))}";
    }

    private static string HeaderKey(ECDsa foreign, string claims)
    {
        var point = foreign.ExportParameters(false).Q;
        var header = $$$"""{"alg":"ES256","typ":"JWT","jwk":{"kty":"EC","crv":"P-256","x":"{{{Base64UrlEncoder.Encode(point.X)}}}","y":"{{{Base64UrlEncoder.Encode(point.Y)}}}"}}""";
        var content = $"{Encode(header)}.{Encode(claims)}";
        return $"{content}.{Base64UrlEncoder.Encode(foreign.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256))}";
    }

    private async Task ReopenAsync()
    {
        _identity.Dispose();
        await OpenAsync();
    }

    private async Task OpenAsync() =>
        _identity = await IdentityServices.OpenAsync(Path.Combine(_folder, "accounts.db"), _options, "localhost", _time);
}
