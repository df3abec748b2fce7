using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Xml;
using Parley.Server.Identity;
using Parley.Server.Identity.SignIn;
using Parley.Server.Tests.Hosting;
using Parley.Server.Tests.Identity.SignIn;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Identity.Saml;

public sealed class SamlLoginTests(SignInServer shared) : IClassFixture<SignInServer>
{
    private readonly SignInServer _server = shared.Forgiven();
    private readonly SamlProvider _provider = new(shared.Time);

    [Theory]
    [InlineData("response")]
    [InlineData("assertion")]
    [InlineData("signed response")]
    [InlineData("both signed")]
    [InlineData("namespaces of the response")]
    [InlineData("lines of base64")]
    public async Task An_assertion_logs_its_agent_in(string form)
    {
        var account = await AccountAsync("ada");
        var id = SamlProvider.NewId();
        var assertion = _provider.Assertion("ada", id);
        var xml = form switch
        {
            "assertion" => _provider.SignedAssertion("ada"),
            "signed response" => _provider.Sign(_provider.Response(assertion), "_response"),
            "both signed" => _provider.Sign(_provider.Signed("ada"), "_response"),
            "namespaces of the response" => _provider.Sign(
                _provider.Response(assertion.Replace(""" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" """, " ", StringComparison.Ordinal)), id),
            _ => _provider.Signed("ada"),
        };
        var base64 = form == "lines of base64"
            ? Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(xml), Base64FormattingOptions.InsertLineBreaks) : SamlProvider.Encode(xml);

        var (status, login) = await PostAsync(account, base64);

        Assert.True(status == 200, login.ToJsonString());
        await using var socket = await _server.Server.AgentAsync(account, login);
        await socket.DoAsync(".ams.routing.SetAgentState", """{"availability":"ONLINE"}""");
    }

    [Fact]
    [CompatibilityRule(9)]
    public async Task The_answer_is_that_of_a_password()
    {
        var account = await AccountAsync("ada");
        using var response = await _server.Server.Http.PostAsJsonAsync(
            $"/api/account/{account}/login?v=1.3", new { jwt = "dummy", assertion = SamlProvider.Encode(_provider.Signed("ada")) });

        var saml = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        var keys = await _server.Server.LoginAsync(account);
        Assert.Equal(Names(keys), Names(saml));
        var agent = _server.Server.Server.Identity.Agents.FindByLogin(account, "ada")!;
        Assert.Equal((agent.Number, agent.Pid, "ada"), ((string?)saml["config"]!["userId"], (string?)saml["config"]!["userPid"], (string?)saml["config"]!["loginName"]));
        Assert.Matches("^[0-9a-f]{64}$", (string)saml["bearer"]!);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        using var refresh = new HttpRequestMessage(HttpMethod.Post, $"/api/account/{account}/refresh?v=1.3") { Content = JsonContent.Create(new { csrf = (string)saml["csrf"]! }) };
        refresh.Headers.Add("Cookie", cookie.Split(';')[0]);
        Assert.Equal(200, (int)(await _server.Server.Http.SendAsync(refresh)).StatusCode);

        static IEnumerable<string> Names(JsonNode body) => body.AsObject().Select(member => member.Key).Concat(body["config"]!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task While_certificates_change_both_are_believed_and_then_the_new_one_alone()
    {
        var old = new SamlProvider(_server.Time, isStranger: true);
        var both = _provider.Connector with { PublicKeys = $"old\n{old.Certificate}\nnew\n{_provider.Certificate}" };
        var account = await AccountAsync("ada", both);
        foreach (var provider in (SamlProvider[])[old, _provider]) Assert.Equal(200, await StatusAsync(account, provider.Signed("ada")));

        await _server.Server.Server.Identity.AuthConnectors.SaveAsync(account, _provider.Connector, replace: true);

        Assert.Equal(401, await StatusAsync(account, old.Signed("ada")));
        Assert.Equal(200, await StatusAsync(account, _provider.Signed("ada")));
    }

    [Theory]
    [InlineData("RS256", "SHA256")]
    [InlineData("RS256", "SHA384")]
    [InlineData("RS384", "SHA512")]
    [InlineData("RS512", "SHA256")]
    [InlineData("ES256", "SHA256")]
    [InlineData("ES384", "SHA256")]
    [InlineData("ES512", "SHA256")]
    public async Task What_the_connector_allows_may_sign_and_nothing_else(string algorithm, string digest)
    {
        var certificates = _provider.Certificate + SamlProvider.EllipticCertificate;
        var account = await AccountAsync("ada", _provider.Connector with { PublicKeys = certificates, Algorithms = [algorithm] });
        var other = await AccountAsync("ada", _provider.Connector with { PublicKeys = certificates, Algorithms = algorithm == "RS256" ? ["RS512"] : ["RS256"] });
        var xml = _provider.SignedAssertion("ada", algorithm: algorithm, digest: digest);

        Assert.Equal(200, await StatusAsync(account, xml));
        Assert.Equal("It is not signed in a way the connector allows", await RefusedAsync(other, xml));
    }

    [Theory]
    [InlineData("wrong key", "not signed with a key of the connector")]
    [InlineData("elliptic key that is not known", "not signed with a key of the connector")]
    [InlineData("unsigned", "Neither the assertion nor the response is signed")]
    [InlineData("signature taken away", "Neither the assertion nor the response is signed")]
    [InlineData("altered NameID", "It was altered")]
    [InlineData("altered in a signed response", "It was altered")]
    [InlineData("altered response around a signed assertion", "It was altered")]
    [InlineData("altered signature", "It was altered")]
    [InlineData("signature that is no base64", "cannot be read")]
    [InlineData("empty signature", "another form")]
    [InlineData("two signatures", "several signatures")]
    [InlineData("SHA-1 signature", "in a way the connector allows")]
    [InlineData("SHA-1 digest", "in a way the connector allows")]
    [InlineData("HMAC with the certificate", "in a way the connector allows")]
    [InlineData("XPath transform", "another form")]
    [InlineData("no transform", "another form")]
    [InlineData("other canonical form", "another form")]
    [InlineData("two references", "another form")]
    [InlineData("reference to everything", "about something else")]
    [InlineData("reference to another", "about something else")]
    [InlineData("no id", "about something else")]
    public async Task What_is_not_signed_by_the_provider_is_refused(string what, string reason)
    {
        var account = await AccountAsync("ada");
        await AgentAsync(account, "eve");
        var (stranger, id) = (new SamlProvider(_server.Time, isStranger: true), SamlProvider.NewId());
        var assertion = _provider.Assertion("ada", id);
        string Signed(Func<string, string> change) => _provider.Sign(assertion, id, change: change);
        var good = _provider.SignedAssertion("ada");
        var xml = what switch
        {
            "wrong key" => stranger.Signed("ada"),
            "elliptic key that is not known" => await EllipticAsync(),
            "unsigned" => _provider.Response(assertion),
            "signature taken away" => Without(good, "Signature"),
            "altered NameID" => good.Replace(">ada<", ">eve<", StringComparison.Ordinal),
            "altered in a signed response" => _provider.Sign(_provider.Response(assertion), "_response").Replace(">ada<", ">eve<", StringComparison.Ordinal),
            "altered response around a signed assertion" => _provider.Sign(_provider.Response(good), "_response").Replace("<samlp:Status>", "<samlp:Status> ", StringComparison.Ordinal),
            "altered signature" => Replaced(good, "SignatureValue", Convert.ToBase64String(new byte[256])),
            "signature that is no base64" => Replaced(good, "SignatureValue", "?"),
            "empty signature" => Replaced(good, "Signature", ""),
            "two signatures" => _provider.Sign(_provider.Sign(assertion, id), id),
            "SHA-1 signature" => _provider.Sign(assertion, id, "RS1"),
            "SHA-1 digest" => _provider.Sign(assertion, id, digest: "SHA1"),
            "HMAC with the certificate" => Signed(info => info.Replace("rsa-sha256", "hmac-sha256", StringComparison.Ordinal)),
            "XPath transform" => Signed(info => info.Replace($"<ds:Transform Algorithm=\"{SamlProvider.Exclusive}\"/>", "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"><ds:XPath>1=1</ds:XPath></ds:Transform>", StringComparison.Ordinal)),
            "no transform" => Signed(info => info.Replace($"<ds:Transform Algorithm=\"{SamlProvider.Enveloped}\"/>", "", StringComparison.Ordinal)),
            "other canonical form" => Signed(info => info.Replace($"Method Algorithm=\"{SamlProvider.Exclusive}\"", "Method Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"", StringComparison.Ordinal)),
            "two references" => Signed(info => info.Replace("</ds:Reference>", $"</ds:Reference>{info[info.IndexOf("<ds:Reference", StringComparison.Ordinal)..].Replace("</ds:SignedInfo>", "", StringComparison.Ordinal)}", StringComparison.Ordinal)),
            "reference to everything" => Signed(info => info.Replace($"URI=\"#{id}\"", "URI=\"\"", StringComparison.Ordinal)),
            "reference to another" => Signed(info => info.Replace($"URI=\"#{id}\"", "URI=\"#_response\"", StringComparison.Ordinal)),
            _ => Signed(info => info.Replace($"URI=\"#{id}\"", "URI=\"#\"", StringComparison.Ordinal)).Replace($"ID=\"{id}\"", "ID=\"\"", StringComparison.Ordinal),
        };

        Assert.Contains(reason, await RefusedAsync(account, xml));

        async Task<string> EllipticAsync()
        {
            await Connectors.SaveAsync(account, _provider.Connector with { Algorithms = ["RS256", "ES256"] }, replace: true);
            return _provider.SignedAssertion("ada", algorithm: "ES256");
        }
    }

    // The variants of signature wrapping by their usual numbers (Somorovsky et al., "On Breaking SAML", 2012), and a few of our own.
    [Theory]
    [InlineData("1: the signed response in the signature of a forged one", "exactly one assertion")]
    [InlineData("2: the signed response beside the signature of a forged one", "exactly one assertion")]
    [InlineData("3: a forged assertion before the signed one", "exactly one assertion")]
    [InlineData("3: a forged assertion after the signed one", "exactly one assertion")]
    [InlineData("4: the signed assertion in a forged one", "exactly one assertion")]
    [InlineData("5: the signature in a forged assertion, what it signed after it", "exactly one assertion")]
    [InlineData("6: what was signed in the signature of a forged assertion", "exactly one assertion")]
    [InlineData("7: a forged assertion in extensions", "exactly one assertion")]
    [InlineData("8: what was signed in an object of the signature", "exactly one assertion")]
    [InlineData("the same id twice", "exactly one assertion")]
    [InlineData("an assertion of another namespace", "exactly one assertion")]
    [InlineData("the signature of the response in a forged assertion", "about something else")]
    [InlineData("the signature of another assertion with its id", "It was altered")]
    [InlineData("an assertion deep in a signed response", "exactly one assertion")]
    [InlineData("a signature of something else", "a signature of something else")]
    [InlineData("the name as an element", "names no login")]
    public async Task Nothing_but_what_was_signed_is_read(string what, string reason)
    {
        var account = await AccountAsync("ada");
        await AgentAsync(account, "eve");
        var id = SamlProvider.NewId();
        var good = _provider.Sign(_provider.Assertion("ada", id), id);
        var forged = _provider.Assertion("eve", SamlProvider.NewId());
        var original = Without(good, "Signature");
        var signature = SignatureOf(good);
        var response = _provider.Sign(_provider.Response(_provider.Assertion("ada", id)), "_response");
        var ofResponse = SignatureOf(response);
        var xml = what switch
        {
            "1: the signed response in the signature of a forged one" => WithAfterIssuer(_provider.Response(forged, "_forged"), InObject(ofResponse, Without(response, "Signature"))),
            "2: the signed response beside the signature of a forged one" => WithAfterIssuer(_provider.Response(forged, "_forged"), Without(response, "Signature") + ofResponse),
            "3: a forged assertion before the signed one" => _provider.Response(forged + good),
            "3: a forged assertion after the signed one" => _provider.Response(good + forged),
            "4: the signed assertion in a forged one" => _provider.Response(WithAfterIssuer(forged, good)),
            "5: the signature in a forged assertion, what it signed after it" => _provider.Response(WithAfterIssuer(forged, signature) + original),
            "6: what was signed in the signature of a forged assertion" => _provider.Response(WithAfterIssuer(forged, signature.Replace("</ds:Signature>", $"{original}</ds:Signature>", StringComparison.Ordinal))),
            "7: a forged assertion in extensions" => WithAfterIssuer(_provider.Response(good), $"<samlp:Extensions xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\">{forged}</samlp:Extensions>"),
            "8: what was signed in an object of the signature" => _provider.Response(WithAfterIssuer(forged, InObject(signature, original))),
            "the same id twice" => _provider.Response(_provider.Assertion("eve", id) + good),
            "an assertion of another namespace" => _provider.Response($"<Assertion xmlns=\"urn:else\" ID=\"{id}\"/>{good}"),
            "the signature of the response in a forged assertion" => _provider.Response(WithAfterIssuer(forged, ofResponse)),
            "the signature of another assertion with its id" => _provider.Response(WithAfterIssuer(_provider.Assertion("eve", id), signature)),
            "an assertion deep in a signed response" => _provider.Sign(_provider.Response($"<samlp:Extensions>{_provider.Assertion("eve", id)}</samlp:Extensions>"), "_response"),
            "a signature of something else" => WithAfterIssuer(_provider.Response(good), $"<samlp:Extensions xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\">{ofResponse}</samlp:Extensions>"),
            _ => _provider.SignedAssertion("ada", x => x.Replace(">ada<", "><b>ada</b><", StringComparison.Ordinal)),
        };

        Assert.Contains(reason, await RefusedAsync(account, xml));
    }

    [Theory]
    [InlineData("valid until a minute ago but for a second", null)]
    [InlineData("valid in a minute", null)]
    [InlineData("expired", "It has expired")]
    [InlineData("not yet valid", "It is not valid yet")]
    [InlineData("valid too long", "longer than 24 hours")]
    [InlineData("valid for ever", "longer than 24 hours")]
    [InlineData("no NotBefore", "lack NotBefore or NotOnOrAfter")]
    [InlineData("no NotOnOrAfter", "lack NotBefore or NotOnOrAfter")]
    [InlineData("no time", "NotOnOrAfter is no time")]
    [InlineData("no conditions", "It has no conditions")]
    [InlineData("an unknown condition", "conditions that are not known")]
    [InlineData("used at most once", null)]
    [InlineData("another audience", "another audience")]
    [InlineData("one audience of several", null)]
    [InlineData("another audience besides", "another audience")]
    [InlineData("no audience", "another audience")]
    [InlineData("the bearer is late", "Its bearer is late")]
    [InlineData("the bearer is early", "Its bearer is early")]
    [InlineData("another recipient", "Its Recipient is another address")]
    [InlineData("no recipient that is an address", "Its Recipient is another address")]
    [InlineData("our login", null)]
    [InlineData("one confirmation of two", null)]
    [InlineData("holder of key", "not for its bearer")]
    [InlineData("no confirmation", "not for its bearer")]
    [InlineData("nobody authenticated himself", "authenticated himself")]
    [InlineData("another issuer", "No connector")]
    [InlineData("no issuer", "No connector")]
    [InlineData("SAML 1.1", "not of SAML 2.0")]
    [InlineData("an unknown agent", "no agent of its login")]
    [InlineData("another case", "no agent of its login")]
    [InlineData("no name", "names no login")]
    [InlineData("an empty name", "names no login")]
    [InlineData("blanks around the name", null)]
    public async Task A_signed_assertion_must_be_meant_for_here_and_now(string what, string? reason)
    {
        var account = await AccountAsync("ada");
        var (start, end, bearer) = ($"NotBefore=\"{_provider.Time(-60)}\"", $"NotOnOrAfter=\"{_provider.Time(600)}\"", $"NotOnOrAfter=\"{_provider.Time(300)}\"");
        const string Audience = $"<saml:Audience>{SamlProvider.Audience}</saml:Audience>";
        const string Name = "<saml:NameID>ada</saml:NameID>";
        const string Other = "<saml:Audience>https://other.test</saml:Audience>";
        var (from, to) = what switch
        {
            "valid until a minute ago but for a second" => (end, $"NotOnOrAfter=\"{_provider.Time(-59)}\""),
            "valid in a minute" => (start, $"NotBefore=\"{_provider.Time(60)}\""),
            "expired" => (end, $"NotOnOrAfter=\"{_provider.Time(-60)}\""),
            "not yet valid" => (start, $"NotBefore=\"{_provider.Time(61)}\""),
            "valid too long" => (end, $"NotOnOrAfter=\"{_provider.Time(24 * 3600 + 1)}\""),
            "valid for ever" => (end, "NotOnOrAfter=\"9999-12-31T23:59:59Z\""),
            "no NotBefore" => (start, ""),
            "no NotOnOrAfter" => (end, ""),
            "no time" => (end, "NotOnOrAfter=\"soon\""),
            "no conditions" => ("saml:Conditions", "saml:Advice"),
            "an unknown condition" => ("<saml:AudienceRestriction>", "<saml:Condition/><saml:AudienceRestriction>"),
            "used at most once" => ("<saml:AudienceRestriction>", "<saml:OneTimeUse/><saml:AudienceRestriction>"),
            "another audience" => (Audience, Other),
            "one audience of several" => (Audience, Other + Audience),
            "another audience besides" => ("</saml:AudienceRestriction>", $"</saml:AudienceRestriction><saml:AudienceRestriction>{Other}</saml:AudienceRestriction>"),
            "no audience" => ($"<saml:AudienceRestriction>{Audience}</saml:AudienceRestriction>", ""),
            "the bearer is late" => (bearer, $"NotOnOrAfter=\"{_provider.Time(-60)}\""),
            "the bearer is early" => (bearer, $"NotBefore=\"{_provider.Time(61)}\""),
            "another recipient" => (bearer, $"Recipient=\"https://other.test/api/account/{account}/login\""),
            "no recipient that is an address" => (bearer, "Recipient=\"login\""),
            "our login" => (bearer, $"Recipient=\"{LoginOf(account)}?v=1.3\""),
            "one confirmation of two" => ("<saml:SubjectConfirmation ", "<saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\"><saml:SubjectConfirmationData Recipient=\"https://other.test\"/></saml:SubjectConfirmation><saml:SubjectConfirmation "),
            "holder of key" => ("cm:bearer", "cm:holder-of-key"),
            "no confirmation" => ("saml:SubjectConfirmation", "saml:Other"),
            "nobody authenticated himself" => ("saml:AuthnStatement", "saml:Statement"),
            "another issuer" => (SamlProvider.Issuer, "https://other.test"),
            "no issuer" => ("saml:Issuer", "saml:Sender"),
            "SAML 1.1" => ("Version=\"2.0\"", "Version=\"1.1\""),
            "an unknown agent" => (Name, "<saml:NameID>nobody</saml:NameID>"),
            "another case" => (Name, "<saml:NameID>ADA</saml:NameID>"),
            "no name" => (Name, ""),
            "an empty name" => (Name, "<saml:NameID> </saml:NameID>"),
            _ => (Name, "<saml:NameID>\n  ada\n</saml:NameID>"),
        };
        var xml = _provider.SignedAssertion("ada", assertion =>
        {
            Assert.Contains(from, assertion);
            return assertion.Replace(from, to, StringComparison.Ordinal);
        });

        if (reason is null) Assert.Equal(200, await StatusAsync(account, xml));
        else Assert.Contains(reason, await RefusedAsync(account, xml));
    }

    [Theory]
    [InlineData("status:Success", "status:Responder", "did not authenticate him")]
    [InlineData("<samlp:Status>", "<samlp:Status/><samlp:Status>", "did not authenticate him")]
    [InlineData("Version=\"2.0\" IssueInstant", "Version=\"1.1\" IssueInstant", "not of SAML 2.0")]
    [InlineData(SamlProvider.Issuer, "https://other.test", "another issuer")]
    [InlineData("Version=", "Destination=\"https://other.test/login\" Version=", "Destination is another")]
    public async Task The_message_around_it_must_not_contradict(string from, string to, string reason)
    {
        var account = await AccountAsync("ada");
        var response = _provider.Response("").Replace(from, to, StringComparison.Ordinal);

        Assert.Contains(reason, await RefusedAsync(account, response.Replace("</samlp:Response>", $"{_provider.SignedAssertion("ada")}</samlp:Response>", StringComparison.Ordinal)));
        Assert.Equal(200, await StatusAsync(account, _provider.Signed("ada")));
    }

    [Fact]
    public async Task The_recipient_may_be_another_address_that_the_operator_names()
    {
        const string Page = "https://agents.brand.test/acs?x=1";
        var account = await AccountAsync("ada", _provider.Connector with { Recipient = Page });
        string For(string recipient) => _provider.SignedAssertion("ada", xml => xml.Replace("ConfirmationData ", $"ConfirmationData Recipient=\"{recipient}\" ", StringComparison.Ordinal));

        Assert.Equal(200, await StatusAsync(account, For(Page)));
        Assert.Contains("Recipient", await RefusedAsync(account, For(LoginOf(account))));
        Assert.Contains("Recipient", await RefusedAsync(account, For("https://agents.brand.test/acs")));
    }

    [Theory]
    [InlineData("""<saml:Attribute Name="uid">""", """<saml:Attribute Name="uid">""", true)]
    [InlineData("""<saml:Attribute Name="uid">""", """<saml:Attribute Name="UID">""", false)]
    [InlineData("""<saml:Attribute Name="uid">""", """<saml:Attribute Name="uid"><saml:AttributeValue>eve</saml:AttributeValue>""", false)]
    [InlineData("<saml:AttributeStatement>", """<saml:AttributeStatement><saml:Attribute Name="uid"><saml:AttributeValue>eve</saml:AttributeValue></saml:Attribute>""", false)]
    public async Task The_login_name_may_stand_in_an_attribute(string from, string to, bool isGood)
    {
        var account = await AccountAsync("ada-uid", _provider.Connector with { LoginAttribute = "uid" });
        await AgentAsync(account, "ada");
        await AgentAsync(account, "eve");
        var xml = _provider.SignedAssertion("ada", assertion => assertion.Replace(from, to, StringComparison.Ordinal));

        if (!isGood) Assert.Contains("names no login", await RefusedAsync(account, xml));
        else Assert.Equal("ada-uid", (string?)(await PostAsync(account, SamlProvider.Encode(xml))).Body["config"]!["loginName"]);
    }

    [Theory]
    [InlineData("", "no base64")]
    [InlineData("?", "no base64")]
    [InlineData("PHNhbWw", "no base64")]
    [InlineData("AAAA", "no XML")]
    [InlineData("PHNhbWw+", "no XML")]
    [InlineData("<a/>", "neither a SAML 2.0 response nor an assertion")]
    [InlineData("<Assertion xmlns='urn:oasis:names:tc:SAML:1.0:assertion'/>", "neither a SAML 2.0 response nor an assertion")]
    [InlineData("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "no XML")]
    [InlineData("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "no XML")]
    [InlineData("<a>&x;</a>", "no XML")]
    [InlineData("<?xml version='1.0' encoding='utf-7'?><a/>", "no XML")]
    [InlineData("<?xml version='1.0' encoding='nonsense'?><a/>", "no XML")]
    [InlineData("<a><!-- --></a>", "comments")]
    [InlineData("<a><?php ?></a>", "comments")]
    [InlineData("deep", "too many levels")]
    [InlineData("long", "longer than")]
    [InlineData("comment in the name", "comments")]
    [InlineData("encrypted", "Encrypted assertions")]
    public async Task What_is_no_assertion_is_told_so(string what, string words)
    {
        var account = await AccountAsync("ada");
        var base64 = what switch
        {
            "deep" => SamlProvider.Encode(string.Concat(Enumerable.Repeat("<a>", 34)) + string.Concat(Enumerable.Repeat("</a>", 34))),
            "long" => SamlProvider.Encode(_provider.Signed("ada") + new string(' ', 40_000)),
            "comment in the name" => SamlProvider.Encode(_provider.Signed("ada").Replace(">ada<", ">a<!-- -->da<", StringComparison.Ordinal)),
            "encrypted" => SamlProvider.Encode(_provider.Sign(_provider.Response("<saml:EncryptedAssertion/>"), "_response")),
            _ when what.StartsWith('<') => SamlProvider.Encode(what),
            _ => what,
        };

        var (status, body) = await PostAsync(account, base64);

        Assert.Equal(400, status);
        Assert.Contains(words, (string?)body["error"]!["message"]);
    }

    [Fact]
    public async Task A_body_that_is_far_too_long_is_not_read()
    {
        using var answer = await _server.Server.Http.PostAsJsonAsync(
            $"/api/account/{await AccountAsync("ada")}/login", new { jwt = "dummy", assertion = new string('A', 100_000) });

        Assert.Equal(413, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Refusals_look_alike_whatever_is_wrong()
    {
        var account = await AccountAsync("ada");
        await AgentAsync(account, "bob", isEnabled: false);
        var stranger = new SamlProvider(_server.Time, isStranger: true);
        var answers = new List<string>();
        foreach (var xml in (string[])[_provider.Signed("nobody"), _provider.Signed("bob"), stranger.Signed("ada"), _provider.Response(""), _provider.Response(_provider.Assertion("ada", "_1"))])
        {
            var (status, body) = await PostAsync(account, SamlProvider.Encode(xml));
            answers.Add($"{status} {body.ToJsonString()}");
        }

        Assert.StartsWith("401", answers[0]);
        Assert.Contains("Login failed", answers[0]);
        Assert.Single(answers.Distinct());
        Assert.Contains("no agent of its login, or he is disabled", await RefusedAsync(account, _provider.Signed("bob")));
    }

    [Fact]
    public async Task An_assertion_is_good_once()
    {
        var account = await AccountAsync("ada");
        var xml = _provider.SignedAssertion("ada");

        var statuses = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => StatusAsync(account, xml)));

        Assert.Equal([200, 401, 401, 401, 401, 401], statuses.Order());
        Assert.Equal("It was used before", await RefusedAsync(account, _provider.Response(xml)));
    }

    [Fact]
    public async Task A_used_assertion_is_remembered_until_it_has_expired()
    {
        var account = await AccountAsync("ada");
        var xml = _provider.SignedAssertion("ada", assertion => assertion.Replace(_provider.Time(300), _provider.Time(600), StringComparison.Ordinal));
        Assert.Equal(200, await StatusAsync(account, xml));

        _server.Time.Advance(TimeSpan.FromSeconds(659));
        Assert.Equal(200, await StatusAsync(account, _provider.Signed("ada")));
        Assert.Equal("It was used before", await RefusedAsync(account, xml));
        _server.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("It has expired", await RefusedAsync(account, xml));
    }

    [Fact]
    public async Task Providers_and_used_assertions_survive_a_restart()
    {
        await using var server = await TestServer.StartAsync();
        var provider = new SamlProvider(server.Time);
        var connector = new JsonObject
        {
            ["id"] = "agents", ["type"] = "saml", ["issuer"] = SamlProvider.Issuer, ["audiences"] = new JsonArray(SamlProvider.Audience), ["publicKeys"] = provider.Certificate,
        };
        await server.OperateAsync("accounts/connectors", new JsonObject { ["connector"] = connector }.ToJsonString());
        var xml = provider.Signed("agent1");
        Assert.Equal(200, await PostAsync(xml));

        await server.RestartAsync();

        Assert.Equal(401, await PostAsync(xml));
        Assert.Contains(server.Logs, line => line.Contains("It was used before", StringComparison.Ordinal));
        Assert.Equal(200, await PostAsync(provider.Signed("agent1")));

        async Task<int> PostAsync(string what)
        {
            using var answer = await server.Http.PostAsync("/api/account/demo/login", TestServer.Json($$"""{"jwt":"dummy","assertion":"{{SamlProvider.Encode(what)}}"}"""));
            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public async Task An_assertion_that_was_not_accepted_is_not_used_up()
    {
        var account = await AccountAsync("bob");
        var xml = _provider.Signed("ada");
        await RefusedAsync(account, xml);
        await AgentAsync(account, "ada");

        Assert.Equal(200, await StatusAsync(account, xml));
    }

    [Fact]
    public async Task A_provider_of_another_account_proves_nothing_here()
    {
        var stranger = new SamlProvider(_server.Time, isStranger: true);
        await AccountAsync("ada", stranger.Connector);
        var account = await AccountAsync("ada");
        Assert.Contains("not signed with a key", await RefusedAsync(account, stranger.Signed("ada")));

        var named = await AccountAsync("ada", _provider.Connector with { Issuer = "https://second.test" });
        Assert.Contains("No connector", await RefusedAsync(named, _provider.Signed("ada")));
    }

    [Fact]
    public async Task An_account_has_several_providers_and_the_issuer_chooses()
    {
        var second = new SamlProvider(_server.Time, isStranger: true);
        var account = await AccountAsync("ada");
        await Connectors.SaveAsync(account, second.Connector with { Id = "second", Issuer = "https://second.test" }, replace: false);
        string Second(SamlProvider provider) => provider.SignedAssertion("ada", xml => xml.Replace(SamlProvider.Issuer, "https://second.test", StringComparison.Ordinal));

        Assert.Equal(200, await StatusAsync(account, _provider.Signed("ada")));
        Assert.Equal(200, await StatusAsync(account, Second(second)));
        Assert.Equal(401, await StatusAsync(account, Second(_provider)));
        Assert.Equal(401, await StatusAsync(account, second.Signed("ada")));
    }

    [Fact]
    public async Task An_account_without_a_provider_says_what_to_do()
    {
        var account = await _server.NewAccountAsync(new AuthConnector { Id = "web", Type = AuthConnectorType.Unauth });
        foreach (var nowhere in (string[])[account, "unknown"])
        {
            var (status, body) = await PostAsync(nowhere, SamlProvider.Encode(_provider.Signed("ada")));
            Assert.Equal(400, status);
            Assert.Contains("parley account connector add --type saml", (string?)body["error"]!["message"]);
        }
    }

    [Fact]
    public async Task A_removed_provider_logs_nobody_in_and_neither_does_a_disabled_account()
    {
        var account = await AccountAsync("ada");
        await Connectors.RemoveAsync(account, "agents");
        Assert.Equal(400, await StatusAsync(account, _provider.Signed("ada")));

        var disabled = await AccountAsync("ada");
        await _server.Server.Server.Identity.Accounts.DisableAsync(disabled);
        Assert.Equal(401, await StatusAsync(disabled, _provider.Signed("ada")));
    }

    [Fact]
    public async Task Consumers_cannot_sign_in_with_it()
    {
        var account = await AccountAsync("ada");

        Assert.Equal(1025, await _server.RefusedAsync(account, "app/agents/authenticate?v=3.0", SignInServer.Body("id_token", "a.b.c")));
    }

    [Fact]
    public async Task Who_fails_too_often_is_answered_429_for_a_while_and_neither_successes_nor_malformed_ones_count()
    {
        var account = await AccountAsync("ada");
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal(200, await StatusAsync(account, _provider.Signed("ada")));
            Assert.Equal(400, await StatusAsync(account, "<a/>"));
        }

        for (var i = 0; i < 100; i++) Assert.Equal(401, await StatusAsync(account, _provider.Response("")));

        Assert.Equal(429, await StatusAsync(account, _provider.Signed("ada")));
        _server.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(200, await StatusAsync(account, _provider.Signed("ada")));
    }

    [Fact]
    public async Task Nothing_of_an_assertion_is_logged()
    {
        var account = await AccountAsync("ada-of-the-secret");
        var xml = _provider.SignedAssertion("ada-of-the-secret");
        Assert.Equal(200, await StatusAsync(account, xml));
        await RefusedAsync(account, xml);
        await RefusedAsync(account, _provider.Signed("eve-of-the-secret"));

        var logs = string.Join('\n', _server.Server.Logs);

        foreach (var secret in (string[])["of-the-secret", SamlProvider.Encode(xml)[..40], SamlProvider.Load(xml).DocumentElement!.GetAttribute("ID")]) Assert.DoesNotContain(secret, logs);
    }

    [Fact]
    public async Task Whatever_is_changed_in_it_it_logs_in_nobody_else_and_breaks_nothing()
    {
        var account = await AccountAsync("ada");
        await AgentAsync(account, "bda");
        var random = Seed.New();
        string[] pieces = ["<", ">", "/>", "\"", "&", "&#0;", "&#13;", "#", "b", "ds:", "saml:", "xmlns=\"\"", " ID=\"\"", "<saml:Assertion/>", "<ds:Signature/>", "<![CDATA[b]]>", "\ud83d\ude00", "]]>", "9", "Z"];
        for (var i = 0; i < 200 * Seed.Scale; i++)
        {
            var xml = random.Next(2) == 0 ? _provider.SignedAssertion("ada") : _provider.Sign(_provider.Response(_provider.Assertion("ada", SamlProvider.NewId())), "_response");
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                var at = random.Next(xml.Length - 12);
                xml = xml.Remove(at, random.Next(12)).Insert(at, pieces[random.Next(pieces.Length)]);
            }

            var (status, body) = await PostAsync(account, SamlProvider.Encode(xml));

            Assert.True(status is 400 or 401 || (status == 200 && (string?)body["config"]!["loginName"] == "ada"), $"{status} {xml}");
            _server.Time.Advance(TimeSpan.FromSeconds(3));
        }
    }

    private AuthConnectors Connectors => _server.Server.Server.Identity.AuthConnectors;

    private static string Without(string xml, string name) => Edited(xml, name, element => element.ParentNode!.RemoveChild(element));

    private static string Replaced(string xml, string name, string text) => Edited(xml, name, element => element.InnerXml = text);

    private static string WithAfterIssuer(string xml, string inner) => Edited(xml, "Issuer", element =>
    {
        var fragment = element.OwnerDocument.CreateDocumentFragment();
        fragment.InnerXml = inner;
        element.ParentNode!.InsertAfter(fragment, element);
    });

    private static string InObject(string signature, string content) =>
        signature.Replace("</ds:Signature>", $"<ds:Object>{content}</ds:Object></ds:Signature>", StringComparison.Ordinal);

    private static string SignatureOf(string xml) => SamlProvider.Load(xml).GetElementsByTagName("ds:Signature")[0]!.OuterXml;

    // The first element of the name, whatever its prefix.
    private static string Edited(string xml, string name, Action<XmlElement> edit)
    {
        var document = SamlProvider.Load(xml);
        edit((XmlElement)document.SelectSingleNode($"//*[local-name()='{name}']")!);
        return document.OuterXml;
    }

    private string LoginOf(string account) => $"https://127.0.0.1:{_server.Server.Bound.Https.Port}/api/account/{account}/login";

    private async Task<string> AccountAsync(string login, AuthConnector? connector = null)
    {
        var account = await _server.NewAccountAsync(connector ?? _provider.Connector);
        await AgentAsync(account, login);
        return account;
    }

    private async Task AgentAsync(string account, string login, bool isEnabled = true)
    {
        var agents = _server.Server.Server.Identity.Agents;
        var agent = await agents.AddAsync(new NewAgent(account, login, AgentRole.Agent, PasswordHash: "none", []));
        if (!isEnabled) await agents.SetEnabledAsync(agent, enabled: false);
    }

    private Task<(int Status, JsonNode Body)> PostAsync(string account, string base64) =>
        _server.PostAsync(account, "login?v=1.3", new JsonObject { ["jwt"] = "dummy", ["assertion"] = base64 }.ToJsonString());

    private async Task<int> StatusAsync(string account, string xml) => (await PostAsync(account, SamlProvider.Encode(xml))).Status;

    /// <summary>The reason that is logged, and only logged.</summary>
    private async Task<string> RefusedAsync(string account, string xml)
    {
        var (status, body) = await PostAsync(account, SamlProvider.Encode(xml));
        Assert.True(status == 401, $"{status} {body.ToJsonString()}");
        Assert.Equal("Login failed", (string?)body["error"]!["message"]);
        var start = $"Warning 2001 A login to account {account} was not accepted: Refused ";
        return _server.Server.Logs.Last(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..].Trim();
    }
}
