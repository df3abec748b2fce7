using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Parley.Protocol;
using Parley.Server.Identity.SignIn;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Identity.SignIn;

/// <summary>Consumers with a token of the brand's identity provider (protocol 4.4, 4.5).</summary>
public sealed class ExternalTests(SignInServer fixture) : IClassFixture<SignInServer>, IAsyncDisposable
{
    private const string Exchange = "app/web/authenticate?v=3.0";

    private readonly SignInServer _server = fixture.Forgiven();
    private readonly Brand _brand = new(fixture.Time);

    private Parley.Server.Identity.IdentityServices Identity => _server.Server.Server.Identity;

    public ValueTask DisposeAsync() => _brand.DisposeAsync();

    [Fact]
    public async Task A_consumer_of_the_brand_signs_in_and_opens_a_socket()
    {
        var account = await _server.NewAccountAsync(_brand.Implicit());

        var jwt = await _server.ExchangeAsync(account, _brand.Token(("sub", "customer 0001 ?~> Ü")));

        var claims = SignInServer.ClaimsOf(jwt);
        Assert.Matches("^[0-9a-f]{64}$", (string?)claims["sub"]);
        Assert.Equal(_brand.Now + 600, (long)claims["exp"]!);
        Assert.Equal((Brand.Issuer, "customer 0001 ?~> Ü"), ((string?)claims["lp.ext"]!["iss"], (string?)claims["lp.ext"]!["sub"]));
        var consumer = Identity.ConsumerTokens.Validate(account, jwt).Consumer!;
        Assert.False(consumer.IsAnonymous);
        Assert.Null(consumer.SteppedUpFrom);
        await using var socket = await _server.Server.ConsumerAsync(account, jwt);
        await socket.DoAsync("cqm.SubscribeExConversations");
    }

    [Fact]
    public async Task The_consumer_is_the_same_each_time_and_another_in_another_account_or_of_another_name()
    {
        var account = await _server.NewAccountAsync(_brand.Implicit());
        var elsewhere = await _server.NewAccountAsync(_brand.Implicit());
        var first = await SubjectAsync(account, _brand.Token());
        _server.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(first, await SubjectAsync(account, _brand.Token()));
        Assert.NotEqual(first, await SubjectAsync(account, _brand.Token(("sub", "customer-0002"))));
        Assert.NotEqual(first, await SubjectAsync(elsewhere, _brand.Token()));

        async Task<string> SubjectAsync(string where, string token) => (string)SignInServer.ClaimsOf(await _server.ExchangeAsync(where, token))["sub"]!;
    }

    [Fact]
    public async Task The_token_never_outlives_the_longest_life_of_tokens()
    {
        var account = await _server.NewAccountAsync(_brand.Implicit());

        var claims = SignInServer.ClaimsOf(await _server.ExchangeAsync(account, _brand.Token(("exp", _brand.Now + 1_000_000_000))));

        Assert.Equal(TimeSpan.FromDays(365).TotalSeconds, (long)claims["exp"]! - (long)claims["iat"]!);
    }

    [Fact]
    public async Task What_the_brand_says_of_the_consumer_is_kept_as_it_was_last_said()
    {
        var account = await _server.NewAccountAsync(_brand.Implicit());
        var sdes = JsonNode.Parse("""[{"type":"ctmrinfo","info":{"customerId":"4711","balance":1.50}},{"type":"odd","x":null}]""")!;
        var jwt = await _server.ExchangeAsync(account, _brand.Token(
            ("name", "Ada Lovelace"), ("given_name", "Ada"), ("family_name", "Lovelace"), ("preferred_username", "ada"), ("email", "ada@example.test"),
            ("phone_number", 4930123456), ("gender", "FEMALE"), ("lp_sdes", sdes)));
        var consumer = (string)SignInServer.ClaimsOf(jwt)["sub"]!;

        var who = (await Identity.ConsumerClaims.FindAsync(account, consumer))!;
        Assert.Equal((Brand.Issuer, "customer-0001"), (who.Issuer, who.Subject));
        Assert.Equal(
            ("Ada Lovelace", "Ada", "Lovelace", "ada", "ada@example.test", "4930123456", "FEMALE"),
            (who.Name, who.GivenName, who.FamilyName, who.PreferredUsername, who.Email, who.PhoneNumber, who.Gender));
        Assert.Equal(sdes.AsArray().Select(sde => sde!.ToJsonString()), who.Sdes!.Select(sde => sde.GetRawText()));

        await _server.ExchangeAsync(account, _brand.Token(("email", "new@example.test"), ("given_name", null), ("lp_sdes", JsonNode.Parse("""{"type":"personal"}"""))));

        who = (await Identity.ConsumerClaims.FindAsync(account, consumer))!;
        Assert.Equal(("new@example.test", null), (who.Email, who.GivenName));
        Assert.Equal("""{"type":"personal"}""", Assert.Single(who.Sdes!).GetRawText());
        Assert.Null(await Identity.ConsumerClaims.FindAsync(await _server.NewAccountAsync(), consumer));
    }

    public static TheoryData<string> NotPersonal =>
    [
        """{"email":{}}""", """{"given_name":["Ada"]}""", """{"gender":true}""", """{"lp_sdes":"none"}""", """{"lp_sdes":[{"type":"personal"},7]}""",
        $$"""{"name":"{{new string('x', 513)}}"}""",
    ];

    [Theory]
    [MemberData(nameof(NotPersonal))]
    public async Task What_cannot_be_said_of_a_consumer_is_refused(string said)
    {
        var account = await _server.NewAccountAsync(_brand.Implicit());
        var change = JsonNode.Parse(said)!.AsObject().Single();

        Assert.Equal(9007, await ExchangeRefusedAsync(account, _brand.Token((change.Key, change.Value!.DeepClone()))));
    }

    public static TheoryData<string, int> Forgeries => new()
    {
        { "no JWT", 1008 },
        { "two parts", 1008 },
        { "no base64", 1009 },
        { "claims are no JSON", 1009 },
        { "claims are an array", 1009 },
        { "doubled claim", 1009 },
        { "doubled alg", 1009 },
        { "too long", 1009 },
        { "exp beyond all time", 1009 },
        { "expired", 1012 },
        { "expired, other key", 9007 },
        { "alg none", 9007 },
        { "alg None and a signature", 9007 },
        { "HS256 with the public key as secret", 9007 },
        { "alg not allowed", 9007 },
        { "ES256 by the RSA key", 9007 },
        { "other key", 9007 },
        { "key in the header", 9007 },
        { "claims changed", 9007 },
        { "critical header", 9007 },
        { "other issuer", 9007 },
        { "no issuer", 9007 },
        { "no exp", 9007 },
        { "no iat", 9007 },
        { "no sub", 9007 },
        { "empty sub", 9007 },
        { "sub is no Unicode", 1009 },
        { "SDE is no Unicode", 1009 },
        { "iat in the future", 9007 },
        { "not yet valid", 9007 },
        { "one of our own", 9007 },
        { "encrypted without a key", 9007 },
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_token_is_refused_when_it_is(string what, int code)
    {
        var account = await _server.NewAccountAsync(_brand.Implicit());
        const string header = """{"alg":"RS256","typ":"JWT"}""";
        var good = _brand.Token();
        await _server.ExchangeAsync(account, good);
        var parts = good.Split('.');
        var claims = _brand.Claims().ToJsonString();
        await using var stranger = new Brand(_server.Time, isStranger: true);
        var token = what switch
        {
            "no JWT" => "nonsense",
            "two parts" => $"{parts[0]}.{parts[1]}",
            "no base64" => $"{parts[0]}.%%%.{parts[2]}",
            "claims are no JSON" => _brand.Sign(header, "sub"),
            "claims are an array" => _brand.Sign(header, "[]"),
            "doubled claim" => _brand.Sign(header, claims.Insert(1, "\"sub\":\"admin\",")),
            "doubled alg" => _brand.Sign(header.Insert(1, "\"alg\":\"none\","), claims),
            "too long" => _brand.Token(("fill", new string('x', 16 * 1024))),
            "exp beyond all time" => _brand.Sign(header, claims.Replace($"\"exp\":{_brand.Now + 600}", "\"exp\":1e300")),
            "expired" => _brand.Token(("exp", _brand.Now)),
            "expired, other key" => stranger.Token(("exp", _brand.Now)),
            "alg none" => $"{Brand.Encode("""{"alg":"none"}""")}.{parts[1]}.",
            "alg None and a signature" => _brand.Sign("""{"alg":"None"}""", claims),
            "HS256 with the public key as secret" => Brand.Sign(
                """{"alg":"HS256","typ":"JWT"}""", claims, content => HMACSHA256.HashData(Encoding.ASCII.GetBytes(_brand.Rsa.ExportSubjectPublicKeyInfoPem()), content)),
            "alg not allowed" => Brand.Sign(
                """{"alg":"RS512"}""", claims, content => _brand.Rsa.SignData(content, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1)),
            "ES256 by the RSA key" => _brand.Sign("""{"alg":"ES256"}""", claims),
            "other key" => stranger.Token(),
            "key in the header" => stranger.Sign(new JsonObject { ["alg"] = "RS256", ["jwk"] = stranger.Jwk(null) }.ToJsonString(), claims),
            "claims changed" => $"{parts[0]}.{Brand.Encode(_brand.Claims(("sub", "admin")).ToJsonString())}.{parts[2]}",
            "critical header" => _brand.Sign("""{"alg":"RS256","crit":["x"],"x":1}""", claims),
            "other issuer" => _brand.Token(("iss", "https://idp.example.test")),
            "no issuer" => _brand.Token(("iss", null)),
            "no exp" => _brand.Token(("exp", null)),
            "no iat" => _brand.Token(("iat", null)),
            "no sub" => _brand.Token(("sub", null)),
            "empty sub" => _brand.Token(("sub", "")),
            "sub is no Unicode" => _brand.Sign(header, claims.Replace("customer-0001", "\\ud800")),
            "SDE is no Unicode" => _brand.Sign(header, claims.Insert(1, "\"lp_sdes\":[{\"type\":\"\\ud800\"}],")),
            "iat in the future" => _brand.Token(("iat", _brand.Now + 62)),
            "not yet valid" => _brand.Token(("nbf", _brand.Now + 62)),
            "one of our own" => await _server.Server.SignupAsync(account),
            "encrypted without a key" => Jwe.Encrypt(_brand.Token(), _brand.Rsa),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };

        Assert.Equal(code, await ExchangeRefusedAsync(account, token));
    }

    [Fact]
    public async Task Whatever_stands_in_a_token_is_answered_with_a_code()
    {
        var account = await _server.NewAccountAsync(_brand.Implicit());
        var random = Seed.New();
        string[] members = ["alg", "kid", "typ", "enc", "zip", "cty", "x5t", "crit", "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "name", "lp_sdes", "act"];
        string[] values =
        [
            "null", "true", "7", "-1", "1e400", "9223372036854775807", "-1e300", "0.5", "\"\"", "\"RS256\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "[[]]", "[7,null]", "{}", """{"a":{}}""",
            """["a","a"]""", "\"2026\"", "\"dir\"",
        ];
        for (var i = 0; i < 150 * Seed.Scale; i++)
        {
            var header = new JsonObject { ["alg"] = "RS256" };
            var claims = _brand.Claims();
            var (changedHeader, changedClaims) = (Changed(header), Changed(claims));
            var token = _brand.Sign(changedHeader, changedClaims);
            if (random.Next(4) == 0) token = token.Remove(random.Next(token.Length), 1);
            if (random.Next(8) == 0) token = $"{token}.{token[..random.Next(token.Length)]}.";

            var (status, body) = await _server.PostAsync(account, Exchange, SignInServer.Body("id_token", token));

            Assert.True(status == 200 || (int?)body["internalErrorCode"] is >= 1001 and <= 9014, $"{status} {changedHeader} {changedClaims} {body}");
            _server.Time.Advance(TimeSpan.FromSeconds(1));
        }

        string Changed(JsonObject json)
        {
            var text = json.ToJsonString();
            for (var changes = random.Next(3); changes > 0; changes--)
            {
                var member = members[random.Next(members.Length)];
                json.Remove(member);
                text = json.ToJsonString().Insert(1, $"\"{member}\":{values[random.Next(values.Length)]}{(json.Count > 0 ? "," : "")}");
            }

            return text;
        }
    }

    [Fact]
    public async Task A_provider_whose_clock_is_a_minute_ahead_is_believed()
    {
        var account = await _server.NewAccountAsync(_brand.Implicit());

        await _server.ExchangeAsync(account, _brand.Token(("iat", _brand.Now + 58), ("nbf", _brand.Now + 58)));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("parley", 0)]
    [InlineData("other parley", 0)]
    [InlineData("other", 9007)]
    public async Task The_audience_must_be_one_of_the_connectors_if_it_has_any(string audiences, int code)
    {
        var account = await _server.NewAccountAsync(_brand.Implicit() with { Audiences = audiences.Split(' ', StringSplitOptions.RemoveEmptyEntries) });

        if (code == 0) await _server.ExchangeAsync(account, _brand.Token());
        else Assert.Equal(code, await ExchangeRefusedAsync(account, _brand.Token()));
    }

    [Theory]
    [InlineData("certificate")]
    [InlineData("PKCS#1")]
    [InlineData("elliptic")]
    [InlineData("two keys")]
    [InlineData("1024 bits")]
    public async Task Public_keys_come_in_any_of_their_forms(string form)
    {
        using var small = RSA.Create(1024);
        var connector = _brand.Implicit();
        connector.PublicKeys = form switch
        {
            "certificate" => new CertificateRequest("CN=brand", _brand.Rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1)).ExportCertificatePem(),
            "PKCS#1" => _brand.Rsa.ExportRSAPublicKeyPem(),
            "elliptic" => _brand.Elliptic.ExportSubjectPublicKeyInfoPem(),
            "two keys" => $"the new one\n{_brand.Elliptic.ExportSubjectPublicKeyInfoPem()}\nand the old one\n{connector.PublicKeys}\n",
            _ => small.ExportSubjectPublicKeyInfoPem(),
        };
        var account = await _server.NewAccountAsync(connector);
        var claims = _brand.Claims().ToJsonString();

        await _server.ExchangeAsync(account, form switch
        {
            "elliptic" => _brand.SignElliptic("""{"alg":"ES256","kid":"e1"}""", claims),
            "1024 bits" => Brand.Sign("""{"alg":"RS256"}""", claims, content => small.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            _ => _brand.Sign("""{"alg":"RS256","kid":"whatever"}""", claims),
        });
    }

    [Fact]
    public async Task A_stored_key_that_cannot_be_read_is_told_apart_from_a_bad_token()
    {
        var account = await _server.NewAccountAsync();
        await Identity.AuthConnectors.SaveAsync(account, _brand.Implicit() with { PublicKeys = "damaged" }, replace: false);

        Assert.Equal(1028, await ExchangeRefusedAsync(account, _brand.Token()));
    }

    [Theory]
    [InlineData("A128CBC-HS256")]
    [InlineData("A256CBC-HS512")]
    public async Task An_encrypted_token_is_decrypted_with_the_connectors_key(string encryption)
    {
        var account = await _server.NewAccountAsync(_brand.Implicit() with { DecryptionKey = Brand.Recipient.ExportPkcs8PrivateKeyPem() });

        var jwt = await _server.ExchangeAsync(account, Jwe.Encrypt(_brand.Token(), Brand.Recipient, encryption));

        Assert.Equal("customer-0001", (string?)SignInServer.ClaimsOf(jwt)["lp.ext"]!["sub"]);
        await _server.ExchangeAsync(account, _brand.Token());
    }

    [Theory]
    [InlineData("other key", 9007)]
    [InlineData("tampered", 9007)]
    [InlineData("RSA-OAEP", 9007)]
    [InlineData("bad signature inside", 9007)]
    [InlineData("no token inside", 1009)]
    [InlineData("encrypted twice", 1009)]
    public async Task An_encrypted_token_is_refused_when_it_is(string what, int code)
    {
        await using var stranger = new Brand(_server.Time, isStranger: true);
        var account = await _server.NewAccountAsync(_brand.Implicit() with { DecryptionKey = Brand.Recipient.ExportPkcs8PrivateKeyPem() });
        var good = Jwe.Encrypt(_brand.Token(), Brand.Recipient);
        var token = what switch
        {
            "other key" => Jwe.Encrypt(_brand.Token(), stranger.Rsa),
            "tampered" => good[..^4] + (good.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA"),
            "RSA-OAEP" => Jwe.Encrypt(_brand.Token(), Brand.Recipient, wrap: "RSA-OAEP"),
            "bad signature inside" => Jwe.Encrypt(stranger.Token(), Brand.Recipient),
            "no token inside" => Jwe.Encrypt("nonsense", Brand.Recipient),
            _ => Jwe.Encrypt(good, Brand.Recipient),
        };

        Assert.Equal(code, await ExchangeRefusedAsync(account, token));
    }

    [Fact]
    public async Task The_old_form_finds_the_connector_by_the_issuer()
    {
        await using var second = new Brand(_server.Time, isStranger: true);
        var account = await _server.NewAccountAsync(_brand.Implicit(), second.Implicit("other") with { Issuer = "https://second.test" });
        foreach (var token in (string[])[_brand.Token(), second.Token(("iss", "https://second.test"))])
            await _server.GetAsync("jwt", account, "authenticate", SignInServer.Body("authCode", token));

        Assert.Equal(1024, await _server.RefusedAsync(account, "authenticate", SignInServer.Body("authCode", _brand.Token(("iss", "https://third.test")))));
        var anonymous = await _server.GetAsync("token", account, "anonymous/authorize", null);
        await _server.GetAsync("jwt", account, "authenticate", SignInServer.Body("authCode", anonymous));
    }

    [Fact]
    public async Task Without_a_name_the_only_connector_is_taken_or_the_one_called_default()
    {
        var one = await _server.NewAccountAsync(_brand.Implicit());
        await _server.ExchangeAsync(one, _brand.Token(), "default");
        Assert.Equal(9007, await _server.RefusedAsync(one, "app/default/authenticate?v=3.0", SignInServer.Body("id_token", _brand.Token(("iss", "https://third.test")))));

        var several = await _server.NewAccountAsync(_brand.Implicit(), _brand.Implicit("second"));
        Assert.Equal(1024, await _server.RefusedAsync(several, "app/default/authenticate?v=3.0", SignInServer.Body("id_token", _brand.Token())));

        var named = await _server.NewAccountAsync(_brand.Implicit(), _brand.Implicit("default"));
        await _server.ExchangeAsync(named, _brand.Token(), "default");
    }

    [Theory]
    [InlineData("app/web/authenticate?v=3.0", """{"code":"abc"}""", 1025)]
    [InlineData("app/nobody/authenticate?v=3.0", """{"id_token":"a.b.c"}""", 1024)]
    [InlineData("app/web/authenticate?v=3.0", """{"id_token":7}""", 9012)]
    [InlineData("app/web/authenticate?v=3.0", """{"id_token":["a.b.c"]}""", 9012)]
    [InlineData("app/web/authenticate?v=3.0", """{"id_token":"\ud800"}""", 9012)]
    [InlineData("app/web/authenticate?v=3.0", """{"id_token":""}""", 9012)]
    [InlineData("app/web/authenticate?v=3.0", """{"id_token":"a.b.c","code":"abc"}""", 9012)]
    [InlineData("app/web/authenticate?v=3.0", "{}", 9012)]
    [InlineData("app/web/authenticate?v=3.0", "[]", 9012)]
    [InlineData("app/web/authenticate?v=3.0", "null", 9012)]
    [InlineData("app/web/authenticate?v=3.0", "{broken", 9012)]
    [InlineData("app/web/authenticate?v=3.0", null, 9012)]
    [InlineData("authenticate", """{"authCode":null}""", 9012)]
    public async Task What_cannot_be_exchanged_is_refused_with_its_code(string path, string? body, int code) =>
        Assert.Equal(code, await _server.RefusedAsync(await _server.NewAccountAsync(_brand.Implicit()), path, body));

    [Fact]
    public async Task A_connector_of_another_account_is_not_there()
    {
        await _server.NewAccountAsync(_brand.Implicit());

        Assert.Equal(1024, await ExchangeRefusedAsync(await _server.NewAccountAsync(), _brand.Token()));
    }

    [Fact]
    public async Task A_removed_connector_signs_nobody_in_and_those_who_have_stay()
    {
        var account = await _server.NewAccountAsync(_brand.Implicit());
        var jwt = await _server.ExchangeAsync(account, _brand.Token());

        await Identity.AuthConnectors.RemoveAsync(account, "web");

        Assert.Equal(1024, await ExchangeRefusedAsync(account, _brand.Token()));
        await using var socket = await _server.Server.ConsumerAsync(account, jwt);
        await socket.DoAsync("cqm.SubscribeExConversations");
    }

    [Fact]
    public async Task A_socket_is_closed_4401_when_its_token_expires_and_opens_no_more_with_it()
    {
        var account = await _server.NewAccountAsync(_brand.Implicit());
        var jwt = await _server.ExchangeAsync(account, _brand.Token());
        await using var socket = await _server.Server.ConsumerAsync(account, jwt);
        await socket.CatchUpAsync();

        _server.Time.Advance(TimeSpan.FromSeconds(599));
        await socket.CatchUpAsync();
        _server.Time.Advance(TimeSpan.FromSeconds(1));

        var close = await socket.ClosedAsync();
        Assert.Equal((4401, "Identity token is invalid"), (close.CloseCode, close.CloseReason));
        await using var late = await _server.Server.ConsumerAsync(account, jwt);
        Assert.Equal(4401, (await late.ClosedAsync()).CloseCode);
        await using var stranger = await _server.Server.StrangerAsync(account);
        await stranger.SendAsync($$$"""{"kind":"req","id":"init","type":"InitConnection","headers":[{"type":".ams.headers.ConsumerAuthentication","jwt":"{{{jwt}}}"}]}""");
        Assert.Equal(401, (await stranger.AnswerAsync("init")).Code);
        Assert.Equal(4401, (await stranger.ClosedAsync()).CloseCode);
    }

    [Fact]
    public async Task A_revoked_consumer_is_closed_4401_and_needs_a_newer_token_of_the_brand()
    {
        var account = await _server.NewAccountAsync(_brand.Implicit());
        var external = _brand.Token();
        var jwt = await _server.ExchangeAsync(account, external);
        await using var socket = await _server.Server.ConsumerAsync(account, jwt);
        await using var other = await _server.Server.ConsumerAsync(account, await _server.ExchangeAsync(account, _brand.Token(("sub", "customer-0002"))));
        await socket.CatchUpAsync();
        await other.CatchUpAsync();

        await Identity.ConsumerTokens.RevokeConsumerAsync(account, socket.UserId);

        Assert.Equal(4401, (await socket.ClosedAsync()).CloseCode);
        await other.CatchUpAsync();
        _server.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(9007, await ExchangeRefusedAsync(account, external));
        await using var late = await _server.Server.ConsumerAsync(account, jwt);
        Assert.Equal(4401, (await late.ClosedAsync()).CloseCode);
        await using var again = await _server.Server.ConsumerAsync(account, await _server.ExchangeAsync(account, _brand.Token()));
        await again.DoAsync("cqm.SubscribeExConversations");
        Assert.Equal(socket.UserId, again.UserId);
    }

    [Fact]
    public async Task A_revoked_token_closes_its_socket_4401()
    {
        var account = await _server.NewAccountAsync(_brand.Implicit());
        var jwt = await _server.ExchangeAsync(account, _brand.Token());
        await using var socket = await _server.Server.ConsumerAsync(account, jwt);
        await socket.CatchUpAsync();

        await Identity.ConsumerTokens.RevokeAsync(account, (string)SignInServer.ClaimsOf(jwt)["jti"]!);

        Assert.Equal(4401, (await socket.ClosedAsync()).CloseCode);
    }

    [Fact]
    public async Task Who_fails_too_often_is_refused_for_a_while_and_neither_successes_nor_expired_tokens_count()
    {
        var account = await _server.NewAccountAsync(_brand.Implicit());
        for (var i = 0; i < 70; i++) await _server.ExchangeAsync(account, _brand.Token());
        for (var i = 0; i < 70; i++) Assert.Equal(1012, await ExchangeRefusedAsync(account, _brand.Token(("exp", _brand.Now))));
        for (var i = 0; i < 60; i++) Assert.Equal(1008, await ExchangeRefusedAsync(account, "guess"));

        var (status, body) = await _server.PostAsync(account, Exchange, SignInServer.Body("id_token", _brand.Token()));
        Assert.Equal((429, 9014), (status, (int)body["internalErrorCode"]!));

        _server.Time.Advance(TimeSpan.FromSeconds(1));
        await _server.ExchangeAsync(account, _brand.Token());
    }

    [Fact]
    public async Task Neither_tokens_nor_claims_are_logged()
    {
        var account = await _server.NewAccountAsync(_brand.Implicit());
        var token = _brand.Token(("email", "ada@secret.test"));
        var jwt = await _server.ExchangeAsync(account, token);
        var expired = _brand.Token(("exp", _brand.Now), ("email", "ada@secret.test"));
        Assert.Equal(1012, await ExchangeRefusedAsync(account, expired));

        var logs = string.Join('\n', _server.Server.Logs);

        Assert.Contains($"A consumer of account {account} was not signed in: 1012", logs);
        foreach (var secret in (string[])[token.Split('.')[2], expired.Split('.')[2], jwt.Split('.')[2], "ada@secret.test", "customer-0001"]) Assert.DoesNotContain(secret, logs);
    }

    private Task<int> ExchangeRefusedAsync(string account, string token) => _server.RefusedAsync(account, Exchange, SignInServer.Body("id_token", token));
}
