using System.Security.Cryptography;
using System.Security.Cryptography.Xml;
using System.Xml;
using Microsoft.IdentityModel.Tokens;

namespace Parley.Server.Identity.Saml;

/// <summary>
/// The signature of an element about itself (SAML core 5.4): one reference, to the element that it stands in, and no
/// transforms but those that SAML names. Whatever else an XML signature can say is refused before it is looked at. What is
/// verified is a copy that is a document of its own; who reads anything else than that copy reads what nobody signed.
/// </summary>
internal sealed class EnvelopedSignature : SignedXml
{
    private static readonly string[] Canonical = [XmlDsigExcC14NTransformUrl, XmlDsigExcC14NWithCommentsTransformUrl];

    private readonly XmlElement _root;

    private EnvelopedSignature(XmlElement root)
        : base(root)
    {
        _root = root;
        Resolver = null!;
    }

    /// <summary>The copy of the element that one of the keys has signed.</summary>
    /// <exception cref="SamlRefusedException">None has, or not in a way that is taken.</exception>
    public static XmlElement Verified(XmlElement element, IReadOnlyList<SecurityKey> keys, IReadOnlyList<string> algorithms)
    {
        var root = element.Alone();
        if (root.Children(SamlNames.Signature, "Signature") is not [var signature]) throw new SamlRefusedException("An element has several signatures");

        // The keys are the operator's, whatever it says of its key.
        foreach (var keyInfo in signature.Children(SamlNames.Signature, "KeyInfo")) signature.RemoveChild(keyInfo);
        RequireKnownForm(signature, root.GetAttribute("ID"), algorithms);
        try
        {
            return keys.Any(key => new EnvelopedSignature(root).IsOf(signature, key)) ? root
                : throw new SamlRefusedException("It was altered, or not signed with a key of the connector");
        }
        catch (Exception e) when (e is CryptographicException or FormatException or XmlException or ArgumentException or InvalidOperationException)
        {
            throw new SamlRefusedException("Its signature cannot be read", cause: e);
        }
    }

    /// <summary>The root, by its own id and no other.</summary>
    public override XmlElement? GetIdElement(XmlDocument? document, string idValue) => idValue == _root.GetAttribute("ID") ? _root : null;

    private static void RequireKnownForm(XmlElement signature, string id, IReadOnlyList<string> algorithms)
    {
        if (Children(signature, "SignedInfo", "SignatureValue") is not [var info, _]
            || Children(info, "CanonicalizationMethod", "SignatureMethod", "Reference") is not [var canonical, var method, var reference]
            || Children(reference, "Transforms", "DigestMethod", "DigestValue") is not [var transforms, var digest, _]
            || Transforms(transforms) is not ([XmlDsigEnvelopedSignatureTransformUrl] or [XmlDsigEnvelopedSignatureTransformUrl, _])
            || !Transforms(transforms).Skip(1).Append(Algorithm(canonical)).All(Canonical.Contains))
        {
            throw new SamlRefusedException("Its signature has another form than SAML's");
        }

        if (id.Length == 0 || reference.GetAttribute("URI") != $"#{id}") throw new SamlRefusedException("Its signature is about something else");
        if (!algorithms.Any(name => SamlAlgorithms.Signatures[name] == Algorithm(method)) || !SamlAlgorithms.Digests.Contains(Algorithm(digest)))
        {
            throw new SamlRefusedException("It is not signed in a way the connector allows");
        }
    }

    private static string Algorithm(XmlElement element) => element.GetAttribute("Algorithm");

    private static string[] Transforms(XmlElement transforms) => [.. transforms.Children(SamlNames.Signature, "Transform").Select(Algorithm)];

    // The children, if they are these and no others.
    private static XmlElement[]? Children(XmlElement parent, params string[] names) =>
        parent.Children() is var children && children.All(child => child.NamespaceURI == SamlNames.Signature)
        && children.Select(child => child.LocalName).SequenceEqual(names) ? children : null;

    private bool IsOf(XmlElement signature, SecurityKey key)
    {
        LoadXml(signature);
        return key switch
        {
            RsaSecurityKey rsa => CheckSignature(rsa.Rsa),
            ECDsaSecurityKey elliptic => CheckSignature(elliptic.ECDsa),
            _ => false,
        };
    }
}
