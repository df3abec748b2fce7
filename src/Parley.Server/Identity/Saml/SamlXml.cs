using System.Xml;

namespace Parley.Server.Identity.Saml;

/// <summary>Reads XML of strangers: small, shallow, and with nothing that one reader takes and another does not.</summary>
internal static class SamlXml
{
    /// <summary>Longer assertions are not looked at, characters of base64.</summary>
    public const int Longest = 48 * 1024;

    // Signing and canonical forms recurse into elements.
    private const int Deepest = 32;

    private static readonly XmlReaderSettings Strict = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <exception cref="SamlRefusedException">It is malformed.</exception>
    public static XmlElement Parse(string base64)
    {
        if (base64.Length > Longest) throw Malformed($"The assertion is longer than {Longest} characters");
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var length) || length == 0) throw Malformed("The assertion is no base64");
        try
        {
            using var checking = XmlReader.Create(new MemoryStream(bytes, 0, length), Strict);
            while (checking.Read())
            {
                if (checking.Depth > Deepest || checking.NodeType is XmlNodeType.Comment or XmlNodeType.ProcessingInstruction)
                {
                    throw Malformed("The assertion has comments, processing instructions or too many levels");
                }
            }

            using var reader = XmlReader.Create(new MemoryStream(bytes, 0, length), Strict);
            var document = NewDocument();
            document.Load(reader);
            return document.DocumentElement!;
        }
        catch (Exception e) when (e is XmlException or ArgumentException or NotSupportedException)
        {
            throw new SamlRefusedException("The assertion is no XML, or has a document type", isMalformed: true, e);
        }
    }

    /// <summary>The same element as the root of a document of its own, with the namespaces it had.</summary>
    public static XmlElement Alone(this XmlElement element)
    {
        var document = NewDocument();
        var root = (XmlElement)document.AppendChild(document.ImportNode(element, deep: true))!;
        foreach (var (prefix, uri) in element.CreateNavigator()!.GetNamespacesInScope(XmlNamespaceScope.ExcludeXml))
        {
            var name = prefix.Length == 0 ? "xmlns" : $"xmlns:{prefix}";
            if (!root.HasAttribute(name)) root.SetAttribute(name, uri);
        }

        return root;
    }

    public static XmlElement[] Children(this XmlElement element) => [.. element.ChildNodes.OfType<XmlElement>()];

    public static XmlElement[] Children(this XmlElement element, string ns, string name) => [.. element.Children().Where(child => child.Is(ns, name))];

    /// <summary>All elements of the name in its document, whatever their namespace.</summary>
    public static XmlElement[] Everywhere(this XmlElement element, string name) =>
        [.. element.OwnerDocument.GetElementsByTagName(name, "*").OfType<XmlElement>()];

    public static bool Is(this XmlElement element, string ns, string name) => element.LocalName == name && element.NamespaceURI == ns;

    /// <summary>Its text without the blanks around it, or null when it has elements.</summary>
    public static string? Text(this XmlElement? element) =>
        element?.ChildNodes.Cast<XmlNode>().All(child => child is XmlCharacterData) == true ? element.InnerText.Trim() : null;

    /// <summary>The attribute, or null when it is missing or empty.</summary>
    public static string? Given(this XmlElement element, string attribute) => element.GetAttribute(attribute) is { Length: > 0 } value ? value : null;

    public static SamlRefusedException Malformed(string why) => new(why, isMalformed: true);

    private static XmlDocument NewDocument() => new() { PreserveWhitespace = true, XmlResolver = null };
}
