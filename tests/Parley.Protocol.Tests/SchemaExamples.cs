using System.Text.Json;

namespace Parley.Protocol.Tests;

/// <summary>The examples the schemas carry.</summary>
internal static class SchemaExamples
{
    public static IEnumerable<(SchemaEntry Entry, Dialect Dialect, string Frame)> Frames() =>
        from entry in Schemas.All
        from dialect in entry.Dialects
        from example in Of(Schemas.Read(entry.Path))
        where JsonDocument.Parse(example).RootElement.GetProperty("type").GetString() == entry.Type
        select (entry, dialect, example);

    public static IReadOnlyList<string> Of(string schema)
    {
        using var document = JsonDocument.Parse(schema);
        return document.RootElement.TryGetProperty("examples", out var examples) ? [.. examples.EnumerateArray().Select(e => e.GetRawText())] : [];
    }
}
