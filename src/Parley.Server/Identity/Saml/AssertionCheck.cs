using System.Xml;
using Parley.Server.Identity.SignIn;

namespace Parley.Server.Identity.Saml;

/// <summary>What a signed assertion must say to log somebody in here and now (SAML core 2, profiles 4.1.4).</summary>
/// <param name="settings">Of its provider.</param>
/// <param name="ownAddress">Of the login, without a query.</param>
/// <param name="now">Time.</param>
internal sealed class AssertionCheck(AuthConnector settings, string ownAddress, DateTimeOffset now)
{
    /// <summary>Used ones are remembered as long as they are valid; so that is bounded.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private static readonly string[] KnownConditions = ["AudienceRestriction", "OneTimeUse", "ProxyRestriction"];

    private readonly TimeSpan _skew = TimeSpan.FromSeconds(settings.ClockSkewSeconds);

    /// <summary>What the message around an assertion says of it.</summary>
    /// <exception cref="SamlRefusedException">It is a failure, or for somebody else.</exception>
    public void CheckResponse(XmlElement response)
    {
        Require(response.GetAttribute("Version") == "2.0", "It is not of SAML 2.0");
        Require(
            response.Children(SamlNames.Protocol, "Status") is [var status]
            && status.Children(SamlNames.Protocol, "StatusCode") is [var code] && code.GetAttribute("Value") == SamlNames.Success,
            "The provider did not authenticate him");
        Require(response.Children(SamlNames.Assertion, "Issuer") is [] || IssuerOf(response) == settings.Issuer, "The message is of another issuer");
        Require(response.Given("Destination") is not { } destination || IsHere(destination), "Its Destination is another address");
    }

    /// <exception cref="SamlRefusedException">It proves nothing.</exception>
    public SamlProof Check(XmlElement assertion)
    {
        Require(assertion.GetAttribute("Version") == "2.0", "It is not of SAML 2.0");
        Require(IssuerOf(assertion) == settings.Issuer, "It is of another issuer");
        Require(assertion.Children(SamlNames.Assertion, "AuthnStatement").Length > 0, "It does not say that anybody authenticated himself");
        var end = CheckConditions(assertion);
        Require(assertion.Children(SamlNames.Assertion, "Subject") is [_], "It has no subject");
        var subject = assertion.Children(SamlNames.Assertion, "Subject")[0];
        CheckConfirmation(subject);
        return new SamlProof(
            (settings.LoginAttribute is { } name ? AttributeOf(assertion, name) : NameOf(subject)) ?? throw new SamlRefusedException("It names no login, or several"),
            Secrets.Hash($"{settings.Issuer}\n{assertion.GetAttribute("ID")}"),
            end + _skew);
    }

    /// <summary>The text of its issuer, or null.</summary>
    public static string? IssuerOf(XmlElement element) => element.Children(SamlNames.Assertion, "Issuer") is [var issuer] ? issuer.Text() : null;

    private static void Require(bool holds, string otherwise)
    {
        if (!holds) throw new SamlRefusedException(otherwise);
    }

    private static string? NameOf(XmlElement subject) => subject.Children(SamlNames.Assertion, "NameID") is [var name] ? Login(name) : null;

    private static string? AttributeOf(XmlElement assertion, string name)
    {
        XmlElement[] values =
        [
            .. assertion.Children(SamlNames.Assertion, "AttributeStatement")
                .SelectMany(statement => statement.Children(SamlNames.Assertion, "Attribute"))
                .Where(attribute => attribute.GetAttribute("Name") == name)
                .SelectMany(attribute => attribute.Children()),
        ];
        return values is [var value] && value.Is(SamlNames.Assertion, "AttributeValue") ? Login(value) : null;
    }

    private static string? Login(XmlElement element) => element.Text() is { Length: > 0 and <= 256 } login ? login : null;

    private static DateTimeOffset? Time(XmlElement element, string attribute)
    {
        if (element.Given(attribute) is not { } text) return null;
        try
        {
            return XmlConvert.ToDateTime(text, XmlDateTimeSerializationMode.Utc);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new SamlRefusedException($"Its {attribute} is no time", cause: e);
        }
    }

    private bool IsPast(DateTimeOffset end) => end - now <= -_skew;

    private bool IsFuture(DateTimeOffset start) => start - now > _skew;

    // A recipient is where the provider sends its answers; what the operator told it, or the login itself.
    private bool IsHere(string address) => settings.Recipient is { } recipient ? address == recipient
        : Uri.TryCreate(address, UriKind.Absolute, out var uri) && Uri.TryCreate(ownAddress, UriKind.Absolute, out var own)
          && uri.GetLeftPart(UriPartial.Path) == own.GetLeftPart(UriPartial.Path);

    private DateTimeOffset CheckConditions(XmlElement assertion)
    {
        Require(assertion.Children(SamlNames.Assertion, "Conditions") is [_], "It has no conditions");
        var conditions = assertion.Children(SamlNames.Assertion, "Conditions")[0];
        if ((Time(conditions, "NotBefore"), Time(conditions, "NotOnOrAfter")) is not ({ } start, { } end))
        {
            throw new SamlRefusedException("Its conditions lack NotBefore or NotOnOrAfter");
        }

        Require(!IsFuture(start), "It is not valid yet");
        Require(!IsPast(end), "It has expired");
        Require(end - now <= Longest, $"It is valid for longer than {Longest.TotalHours} hours");
        Require(
            conditions.Children().All(condition => condition.NamespaceURI == SamlNames.Assertion && KnownConditions.Contains(condition.LocalName)),
            "It has conditions that are not known");
        var restrictions = conditions.Children(SamlNames.Assertion, "AudienceRestriction");
        Require(
            restrictions.Length > 0 && restrictions.All(restriction => restriction.Children(SamlNames.Assertion, "Audience")
                .Any(audience => audience.Text() is { } text && settings.Audiences.Contains(text))),
            "It is for another audience");
        return end;
    }

    private void CheckConfirmation(XmlElement subject)
    {
        string?[] faults =
        [
            .. subject.Children(SamlNames.Assertion, "SubjectConfirmation")
                .Where(confirmation => confirmation.GetAttribute("Method") == SamlNames.Bearer)
                .Select(confirmation => confirmation.Children(SamlNames.Assertion, "SubjectConfirmationData").Select(FaultOf).FirstOrDefault(fault => fault is not null)),
        ];
        Require(faults.Length > 0, "It is not for its bearer");
        Require(faults.Contains(null), faults[0] ?? "");
    }

    private string? FaultOf(XmlElement data) =>
        data.Given("Recipient") is { } recipient && !IsHere(recipient) ? "Its Recipient is another address"
        : Time(data, "NotOnOrAfter") is { } end && IsPast(end) ? "Its bearer is late"
        : Time(data, "NotBefore") is { } start && IsFuture(start) ? "Its bearer is early"
        : null;
}
