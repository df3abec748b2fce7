using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Server.Admin.Api;

/// <summary>The JSON schemas of the types on the wire of the admin API: one component per type, referred to wherever it occurs.</summary>
internal sealed class OpenApiSchemas
{
    private const string Some = "Some";
    private const string Prefix = "#/components/schemas/";

    private static readonly JsonSerializerOptions Options = AdminJson.Default.Options;

    private readonly JsonSchemaExporterOptions _exporting;

    public OpenApiSchemas() => _exporting = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };

    public JsonObject Components { get; } = [];

    /// <summary>A reference to the schema of a type.</summary>
    public JsonObject Of(Type type)
    {
        if (!Components.ContainsKey(type.Name))
        {
            var root = Options.GetTypeInfo(type).GetJsonSchemaAsNode(_exporting);
            Components[type.Name] = root;
            foreach (var (_, component) in Components.ToList()) Inline(component, root);
        }

        return Reference(type.Name);
    }

    // The exporter points to a type that it met before by the way it took from the root; that way is broken where it led through
    // what is a component now.
    private void Inline(JsonNode? node, JsonNode root)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items) Inline(item, root);
        }
        else if (node is JsonObject schema)
        {
            if ((string?)(schema["$ref"] as JsonValue) is { } pointer && !pointer.StartsWith(Prefix, StringComparison.Ordinal))
            {
                schema.Remove("$ref");
                foreach (var (name, value) in Target(root, pointer)) schema[name] = value?.DeepClone();
            }

            foreach (var (_, member) in schema.ToList()) Inline(member, root);
        }
    }

    private JsonObject Target(JsonNode root, string pointer) =>
        pointer.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(root, (node, name) => Component(node)[name]!).AsObject();

    private JsonNode Component(JsonNode node) =>
        (string?)((node["$ref"] ?? (node["anyOf"] as JsonArray)?[0]?["$ref"]) as JsonValue) is { } reference ? Components[reference[Prefix.Length..]]! : node;

    /// <summary>A reference to the schema of an object with some members of a type, each of which may be null.</summary>
    public JsonObject SomeOf(Type type)
    {
        var name = Some + type.Name;
        if (!Components.ContainsKey(name))
        {
            Of(type);
            var properties = new JsonObject();
            foreach (var (member, schema) in Components[type.Name]!["properties"]!.AsObject()) properties[member] = OrNull(schema!.DeepClone());
            Components[name] = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        }

        return Reference(name);
    }

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var node = schema as JsonObject ?? [];
        var attributes = context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(inherit: false) ?? [];
        if (attributes.OfType<LikeAttribute>().FirstOrDefault() is { } like)
        {
            node = OrNull(SomeOf(like.Type));
        }
        else if (!context.Path.IsEmpty && context.TypeInfo is { Kind: JsonTypeInfoKind.Object, Type.Namespace: { } space } && space.StartsWith("Parley.", StringComparison.Ordinal))
        {
            var isNullable = node["type"] is JsonArray;
            if (isNullable) node["type"] = "object";
            Components.TryAdd(context.TypeInfo.Type.Name, node);
            node = isNullable ? OrNull(Reference(context.TypeInfo.Type.Name)) : Reference(context.TypeInfo.Type.Name);
        }

        if (attributes.OfType<DescriptionAttribute>().FirstOrDefault() is { } description) node["description"] = description.Description;
        return node;
    }

    private static JsonObject OrNull(JsonNode schema)
    {
        if (schema is JsonObject { Count: > 0 } known && known["type"] is JsonArray) return known;
        return new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
    }

    private static JsonObject Reference(string name) => new() { ["$ref"] = Prefix + name };
}
