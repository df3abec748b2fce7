using System.Text;
using System.Text.Json;
using Parley.Protocol.Envelope;
using Parley.Protocol.Requests;

namespace Parley.Server.Gateway;

/// <summary>Client properties as they are stored and echoed to others (protocol 6.5).</summary>
internal static class ClientProperties
{
    /// <summary>The most bytes that are kept; larger ones are dropped, values are never judged.</summary>
    public const int MostBytes = 4096;

    /// <summary>The object under its echoed type name, with the peer's address; null when it is no object or too large.</summary>
    public static string? Normalise(JsonElement properties, string peerAddress)
    {
        if (properties.ValueKind != JsonValueKind.Object) return null;
        var writer = new PayloadWriter();
        using (var json = new Utf8JsonWriter(writer))
        {
            json.WriteStartObject();
            json.WriteString("type", ".ClientProperties");
            foreach (var member in properties.EnumerateObject())
            {
                if (member.Name is not ("type" or "ipAddress")) member.WriteTo(json);
            }

            json.WriteString("ipAddress", peerAddress);
            json.WriteEndObject();
        }

        return writer.Payload.Length > MostBytes ? null : Encoding.UTF8.GetString(writer.Payload);
    }

    /// <summary>Whether stored properties name a feature.</summary>
    public static bool HasFeature(string? properties, string feature)
    {
        if (properties is null) return false;
        using var document = JsonDocument.Parse(properties);
        return document.RootElement.Member("features").Items().Any(f => f.ValueKind == JsonValueKind.String && f.ValueEquals(feature));
    }

    /// <summary>Whether stored properties name features and not this one; a list in one text counts as it reads.</summary>
    public static bool LacksFeature(string properties, string feature)
    {
        using var document = JsonDocument.Parse(properties);
        var named = document.RootElement.Member("features").Items().Where(f => f.ValueKind == JsonValueKind.String).Select(f => f.GetString()!).ToList();
        return named.Count > 0 && !named.Exists(f => f.Contains(feature, StringComparison.Ordinal));
    }

    /// <summary>Reads the upgrade header's JSON; null when it is malformed, because values are never judged.</summary>
    public static string? FromHeader(string header, string peerAddress)
    {
        var json = Encoding.UTF8.GetBytes(header);
        if (json.Length is 0 or > MostBytes || SurrogateEscapes.HasHalf(json)) return null;
        try
        {
            return Normalise(Lenient.Parse(json), peerAddress);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
