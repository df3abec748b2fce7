using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Protocol;

/// <summary>
/// The JSON Schemas (draft-07) of every frame this server understands or sends, from the files in <c>Schemas/</c>.
/// Each describes a whole frame, envelope included, and has examples.
/// </summary>
public static class Schemas
{
    private const string Prefix = "schemas/";

    /// <summary>Every frame type with its schema.</summary>
    public static IReadOnlyList<SchemaEntry> All { get; } = ReadIndex();

    /// <summary>The schema of a frame, complete in itself, or null when there is none.</summary>
    public static string? Find(string typeName, SchemaDirection direction, Dialect dialect)
    {
        var shape = dialect == Dialect.V21 ? Dialect.V2 : dialect;
        var entry = All.FirstOrDefault(e => e.Type == typeName && e.Direction == direction && e.Dialects.Contains(shape));
        return entry is null ? null : Read(entry.Path);
    }

    /// <summary>The schema file at <paramref name="path"/> with the files it refers to gathered under its <c>definitions</c>.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static string Read(string path)
    {
        var definitions = new JsonObject();
        var schema = Load(path);
        Gather(schema, path, definitions);
        if (definitions.Count > 0) schema["definitions"] = definitions;
        return schema.ToJsonString();
    }

    private static void Gather(JsonNode? node, string path, JsonObject definitions)
    {
        switch (node)
        {
            case JsonObject value:
                if (value["$ref"] is JsonValue reference) value["$ref"] = Define(Resolve(path, (string)reference!), definitions);
                foreach (var (name, member) in value)
                {
                    if (name != "examples") Gather(member, path, definitions);
                }

                break;
            case JsonArray items:
                foreach (var item in items) Gather(item, path, definitions);
                break;
        }
    }

    private static string Define(string path, JsonObject definitions)
    {
        var name = path.Replace(".json", "", StringComparison.Ordinal).Replace('/', '-');
        if (!definitions.ContainsKey(name))
        {
            var schema = Load(path);
            schema.Remove("$schema");
            definitions[name] = schema;
            Gather(schema, path, definitions);
        }

        return "#/definitions/" + name;
    }

    private static string Resolve(string from, string reference) => new Uri(new Uri("schemas:/" + from), reference).AbsolutePath.TrimStart('/');

    private static JsonObject Load(string path)
    {
        using var file = typeof(Schemas).Assembly.GetManifestResourceStream(Prefix + path)
            ?? throw new FileNotFoundException("There is no such schema.", path);
        return JsonNode.Parse(file)!.AsObject();
    }

    private static SchemaEntry[] ReadIndex()
    {
        using var file = typeof(Schemas).Assembly.GetManifestResourceStream(Prefix + "index.json")!;
        using var index = JsonDocument.Parse(file);
        return [.. index.RootElement.EnumerateArray().Select(row => new SchemaEntry(
            row.GetProperty("type").GetString()!,
            Enum.Parse<SchemaDirection>(row.GetProperty("direction").GetString()!, ignoreCase: true),
            [.. row.GetProperty("dialects").EnumerateArray().Select(d => Enum.Parse<Dialect>(d.GetString()!, ignoreCase: true))],
            row.GetProperty("schema").GetString()!))];
    }
}
