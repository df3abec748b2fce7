using System.Globalization;
using System.Text.Json;

namespace Parley.Protocol.Requests;

/// <summary>
/// Reads request bodies the way clients send them (clients.md rules 4, 5, 19; protocol 25.16): single elements for
/// arrays, numbers for strings and the reverse, nulls for absent members.
/// </summary>
public static class Lenient
{
    /// <summary>The value as JSON; an undefined element when there is no body.</summary>
    public static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return default;
        var reader = new Utf8JsonReader(json);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>A member, or undefined when absent, null, or the value is no object.</summary>
    public static JsonElement Member(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : default;

    /// <summary>The text of a string or number; null otherwise.</summary>
    public static string? Text(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    /// <summary>An integer given as number or as text; null otherwise.</summary>
    public static long? Integer(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var number) => number,
        JsonValueKind.Number when value.TryGetDouble(out var d) && d is >= long.MinValue and < long.MaxValue => (long)d,
        JsonValueKind.String when long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>The elements of an array, or the single element itself; nothing when undefined.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray(),
        JsonValueKind.Undefined or JsonValueKind.Null => [],
        _ => [value],
    };

    /// <summary>The raw JSON of an object, or null.</summary>
    public static string? RawObject(this JsonElement value) => value.ValueKind == JsonValueKind.Object ? value.GetRawText() : null;
}
