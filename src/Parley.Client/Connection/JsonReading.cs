using System.Text.Json;

namespace Parley.Client;

/// <summary>Lenient reading (protocol 2): numbers may come as text and the reverse, and an array of one may come as its element.</summary>
internal static class JsonReading
{
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default;

    public static string? Text(this JsonElement element, string name)
    {
        JsonElement value = element.Member(name);
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
    }

    public static long? Number(this JsonElement element, string name)
    {
        JsonElement value = element.Member(name);
        return value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt64(out long number) => number,
            JsonValueKind.String when long.TryParse(value.GetString(), out long number) => number,
            _ => null,
        };
    }

    public static DateTimeOffset? Time(this JsonElement element, string name) =>
        element.Number(name) is { } milliseconds and >= 0 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    public static IEnumerable<JsonElement> Items(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray(),
        JsonValueKind.Undefined or JsonValueKind.Null => [],
        _ => [element],
    };
}
