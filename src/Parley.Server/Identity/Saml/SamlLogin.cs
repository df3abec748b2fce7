using System.Xml;
using Microsoft.IdentityModel.Tokens;
using Parley.Server.Identity.SignIn;

namespace Parley.Server.Identity.Saml;

/// <summary>Judges what identity providers say of agents (protocol 5.1): a SAML 2.0 response with one assertion, or the assertion alone.</summary>
internal sealed class SamlLogin(AuthConnectors connectors, TimeProvider time)
{
    /// <summary>Whether the account has a provider of agents.</summary>
    public bool IsSetUp(string accountId) => connectors.Saml(accountId).Any();

    /// <exception cref="SamlRefusedException">It proves nothing to this account now.</exception>
    public SamlProof Judge(string accountId, string base64, string ownAddress)
    {
        var root = SamlXml.Parse(base64);
        var response = root.Is(SamlNames.Protocol, "Response") ? root : null;
        if (response is null && !root.Is(SamlNames.Assertion, "Assertion")) throw SamlXml.Malformed("This is neither a SAML 2.0 response nor an assertion");
        if (root.Everywhere("EncryptedAssertion").Length > 0) throw SamlXml.Malformed("Encrypted assertions are not read; let the identity provider sign them only");

        var assertion = OnlyAssertion(root);
        var connector = ConnectorOf(accountId, AssertionCheck.IssuerOf(assertion));
        var keys = connector.Keys.Given ?? throw new SamlRefusedException("The keys of its connector cannot be read");
        var check = new AssertionCheck(connector.Settings, ownAddress, time.GetUtcNow());
        if (response is not null) check.CheckResponse(response);
        return check.Check(Signed(response, assertion, keys, connector.Settings.Algorithms));
    }

    // One in all the document, where it belongs: a second one, however deep, serves to mistake it for the one that was signed.
    private static XmlElement OnlyAssertion(XmlElement root) =>
        root.Everywhere("Assertion") is [var only] && only.Is(SamlNames.Assertion, "Assertion") && (only == root || only.ParentNode == root) ? only
        : throw new SamlRefusedException("It has not exactly one assertion");

    // Every signature there is must hold; the one nearest to the assertion says what is read.
    private static XmlElement Signed(XmlElement? response, XmlElement assertion, IReadOnlyList<SecurityKey> keys, IReadOnlyList<string> algorithms)
    {
        if (assertion.Everywhere("Signature").Any(signature => signature.ParentNode != response && signature.ParentNode != assertion))
        {
            throw new SamlRefusedException("It has a signature of something else");
        }

        var whole = response is not null && IsSigned(response) ? EnvelopedSignature.Verified(response, keys, algorithms) : null;
        return IsSigned(assertion) ? EnvelopedSignature.Verified(assertion, keys, algorithms)
            : whole is not null ? OnlyAssertion(whole)
            : throw new SamlRefusedException("Neither the assertion nor the response is signed");
    }

    private static bool IsSigned(XmlElement element) => element.Children(SamlNames.Signature, "Signature").Length > 0;

    // What it says of its issuer only chooses who judges it.
    private LiveConnector ConnectorOf(string accountId, string? issuer) =>
        connectors.Saml(accountId).Where(connector => connector.Settings.Issuer == issuer).ToArray() is [var only] ? only
        : throw new SamlRefusedException("No connector, or more than one, is of its issuer");
}
