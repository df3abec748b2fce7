using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;
using Parley.Server.Identity.SignIn;

namespace Parley.Server.Tests.Identity.Saml;

/// <summary>An identity provider of agents. It writes its signatures itself, so that it can also write wrong ones.</summary>
internal sealed class SamlProvider
{
    public const string Issuer = "https://idp.brand.test/saml?tenant=ü";
    public const string Audience = "https://parley.brand.test";
    public const string Enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
    public const string Exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";

    private const string More = "http://www.w3.org/2001/04/xmldsig-more#";
    private const string Saml = "xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"";
    private const string Dsig = "xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"";

    // Made once: RSA keys are slow to make.
    private static readonly RSA Known = RSA.Create(2048);
    private static readonly RSA Strange = RSA.Create(2048);
    private static readonly ECDsa Elliptic = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private readonly TimeProvider _time;
    private readonly RSA _rsa;

    /// <param name="time">The server's clock.</param>
    /// <param name="isStranger">Whether it has another key, which no connector knows.</param>
    public SamlProvider(TimeProvider time, bool isStranger = false) => (_time, _rsa) = (time, isStranger ? Strange : Known);

    public string Certificate => Pem(new CertificateRequest("CN=idp", _rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public static string EllipticCertificate => Pem(new CertificateRequest("CN=idp", Elliptic, HashAlgorithmName.SHA256));

    public AuthConnector Connector => new() { Id = "agents", Type = AuthConnectorType.Saml, Issuer = Issuer, Audiences = [Audience], PublicKeys = Certificate };

    public static string Encode(string xml) => Convert.ToBase64String(Encoding.UTF8.GetBytes(xml));

    public static string NewId() => $"_{Guid.NewGuid():N}";

    /// <summary>Time as SAML writes it, so many seconds from now.</summary>
    public string Time(int seconds = 0) => _time.GetUtcNow().AddSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>An assertion, not signed.</summary>
    public string Assertion(string login, string id) =>
        $"""
        <saml:Assertion {Saml} ID="{id}" Version="2.0" IssueInstant="{Time()}">
          <saml:Issuer>{Issuer}</saml:Issuer>
          <saml:Subject>
            <saml:NameID>{login}</saml:NameID>
            <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="{Time(300)}"/></saml:SubjectConfirmation>
          </saml:Subject>
          <saml:Conditions NotBefore="{Time(-60)}" NotOnOrAfter="{Time(600)}"><saml:AudienceRestriction><saml:Audience>{Audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
          <saml:AuthnStatement AuthnInstant="{Time()}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>
          <saml:AttributeStatement><saml:Attribute Name="uid"><saml:AttributeValue>{login}-uid</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>
        </saml:Assertion>
        """;

    /// <summary>A response around whatever it is given, not signed.</summary>
    public string Response(string content, string id = "_response") =>
        $"""
        <samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" {Saml} ID="{id}" Version="2.0" IssueInstant="{Time()}">
          <saml:Issuer>{Issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
          {content}
        </samlp:Response>
        """;

    /// <summary>A response with a signed assertion, as most providers send it.</summary>
    public string Signed(string login) => Response(SignedAssertion(login));

    /// <summary>A signed assertion, changed before it is signed.</summary>
    public string SignedAssertion(string login, Func<string, string>? change = null, string algorithm = "RS256", string digest = "SHA256")
    {
        var id = NewId();
        return Sign((change ?? (xml => xml))(Assertion(login, id)), id, algorithm, digest);
    }

    /// <summary>Signs the element of the id, which gets the signature after its issuer.</summary>
    /// <param name="xml">The document.</param>
    /// <param name="id">Of the element.</param>
    /// <param name="algorithm">RS* or ES*.</param>
    /// <param name="digest">What the element is digested with.</param>
    /// <param name="change">Changes the SignedInfo before it is signed.</param>
    public string Sign(string xml, string id, string algorithm = "RS256", string digest = "SHA256", Func<string, string>? change = null)
    {
        var document = Load(xml);
        var element = (XmlElement)document.SelectSingleNode($"//*[@ID='{id}']")!;
        var hash = new HashAlgorithmName($"SHA{algorithm[2..]}");
        var value = Convert.ToBase64String(CryptographicOperations.HashData(new HashAlgorithmName(digest), Canonical(element.OuterXml)));
        var info =
            $"""
            <ds:SignedInfo {Dsig}><ds:CanonicalizationMethod Algorithm="{Exclusive}"/><ds:SignatureMethod Algorithm="{MethodOf(algorithm)}"/>
            <ds:Reference URI="#{id}"><ds:Transforms><ds:Transform Algorithm="{Enveloped}"/><ds:Transform Algorithm="{Exclusive}"/></ds:Transforms>
            <ds:DigestMethod Algorithm="{DigestOf(digest)}"/><ds:DigestValue>{value}</ds:DigestValue></ds:Reference></ds:SignedInfo>
            """;
        info = change?.Invoke(info) ?? info;
        var signed = Canonical(info);
        var signature = algorithm.StartsWith('R') ? _rsa.SignData(signed, hash, RSASignaturePadding.Pkcs1) : Elliptic.SignData(signed, hash);
        var fragment = document.CreateDocumentFragment();
        fragment.InnerXml = $"<ds:Signature {Dsig}>{info}<ds:SignatureValue>{Convert.ToBase64String(signature)}</ds:SignatureValue>"
            + $"<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{new string('A', 64)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>";
        element.InsertAfter(fragment, element.ChildNodes.OfType<XmlElement>().First());
        return document.OuterXml;
    }

    public static XmlDocument Load(string xml)
    {
        var document = new XmlDocument { PreserveWhitespace = true };
        document.LoadXml(xml);
        return document;
    }

    private static byte[] Canonical(string xml)
    {
        var transform = new XmlDsigExcC14NTransform();
        transform.LoadInput(Load(xml));
        using var bytes = new MemoryStream();
        ((Stream)transform.GetOutput(typeof(Stream))).CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string MethodOf(string algorithm) =>
        algorithm == "RS1" ? "http://www.w3.org/2000/09/xmldsig#rsa-sha1" : $"{More}{(algorithm.StartsWith('R') ? "rsa" : "ecdsa")}-sha{algorithm[2..]}";

    private static string DigestOf(string digest) => digest switch
    {
        "SHA1" => "http://www.w3.org/2000/09/xmldsig#sha1",
        "SHA384" => $"{More}sha384",
        _ => $"http://www.w3.org/2001/04/xmlenc#{digest.ToLowerInvariant()}",
    };

    private static string Pem(CertificateRequest request)
    {
        // Long expired: it is the key that is believed.
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));
        return certificate.ExportCertificatePem() + "\n";
    }
}
