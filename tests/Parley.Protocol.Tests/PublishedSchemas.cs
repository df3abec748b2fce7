using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Parley.Protocol.Tests;

/// <summary>
/// The schemas the platform published (draft-04, v3 only), where a <c>shared</c> folder beside the repository has them.
/// They are read leniently: types that draft-04 does not know are widened, and file names found whatever their case.
/// </summary>
public sealed class PublishedSchemas
{
    // The body of each type; what has no schema of its own is held against the envelope alone.
    private static readonly Dictionary<string, string> Bodies = new()
    {
        [TypeNames.StringResponse] = "infra/stringRespBody.json",
        [TypeNames.RequestConversationResponse] = "cm/consumerRequestConversationResp.json",
        [TypeNames.SubscribeExConversationsResponse] = "aam/subscribeExConversationsResp.json",
        [TypeNames.GetUserProfileAsArrayResponse] = "userprofile/getUserProfileResp.json",
        [TypeNames.ExConversationChangeNotification] = "aam/subscribeExConversationsNotification.json",
        [TypeNames.MessagingEventNotification] = "ms/messagingEventNotification.json",
        [TypeNames.RoutingTaskNotification] = "routing/routingTaskNotification.json",
        [TypeNames.AgentStateNotification] = "routing/agentStateNotification.json",
    };

    private static readonly Dictionary<string, string> Frames = new()
    {
        [TypeNames.PublishEventResponse] = "ms/PublishEventSuccess.json",
        [TypeNames.SubscribeResponse] = "types/genericSubscribeResp.json",
    };

    private readonly string _folder;
    private readonly Dictionary<string, JsonSchema> _loaded = [];

    private PublishedSchemas(string folder) => _folder = folder;

    /// <summary>The schemas, or null where there are none.</summary>
    public static PublishedSchemas? Find()
    {
        for (var folder = new DirectoryInfo(RepositoryRoot.Path); folder is not null; folder = folder.Parent)
        {
            var schemas = Path.Combine(folder.FullName, "shared/reference/schema");
            if (Directory.Exists(schemas)) return new PublishedSchemas(schemas);
        }

        return null;
    }

    /// <summary>What the published schemas find wrong with a frame sent to a v3 connection, as <c>Kind path</c>.</summary>
    public IReadOnlyList<string> Validate(string frame)
    {
        using var document = JsonDocument.Parse(frame);
        var type = document.RootElement.GetProperty("type").GetString()!;
        var envelope = document.RootElement.GetProperty("kind").GetString() == "resp" ? "infra/resp.json" : "infra/notification.json";
        var errors = Load(Frames.GetValueOrDefault(type, envelope)).Validate(frame).SelectMany(e => Leaves(e, "#"));
        if (Bodies.TryGetValue(type, out var body))
            errors = errors.Concat(Load(body).Validate(document.RootElement.GetProperty("body").GetRawText()).SelectMany(e => Leaves(e, "#/body")));
        return [.. errors.Distinct()];
    }

    /// <summary>As <see cref="Validate"/>, without what a known contradiction explains.</summary>
    public IReadOnlyList<string> Unexplained(string frame) => [.. Validate(frame).Where(error => !Contradiction.Known.Any(c => c.Explains(error, frame)))];

    // Of a failed choice only the choice is told: why each branch did not fit is noise.
    private static IEnumerable<string> Leaves(ValidationError error, string root) =>
        error is ChildSchemaValidationError { Kind: not (ValidationErrorKind.NotOneOf or ValidationErrorKind.NotAnyOf) } all
            ? all.Errors.SelectMany(branch => branch.Value).SelectMany(e => Leaves(e, root))
            : [$"{error.Kind} {root}{error.Path?.TrimStart('#')}"];

    private JsonSchema Load(string path)
    {
        if (_loaded.TryGetValue(path, out var schema)) return schema;
        var definitions = new JsonObject();
        var root = Read(path);
        Widen(root, path, definitions);
        root["definitions"] = definitions;
        return _loaded[path] = JsonSchema.FromJsonAsync(root.ToJsonString()).GetAwaiter().GetResult();
    }

    private JsonObject Read(string path)
    {
        var file = Directory.EnumerateFiles(_folder, "*.json", SearchOption.AllDirectories)
            .First(f => string.Equals(Path.GetRelativePath(_folder, f), path, StringComparison.OrdinalIgnoreCase));
        return JsonNode.Parse(File.ReadAllText(file), documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip })!.AsObject();
    }

    private void Widen(JsonNode? node, string path, JsonObject definitions)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items) Widen(item, path, definitions);
        }
        else if (node is JsonObject value)
        {
            foreach (var member in (string[])["$schema", "readonly", "default"])
            {
                if (value[member] is JsonValue) value.Remove(member);
            }

            if (value["type"] is JsonValue type && type.GetValueKind() == JsonValueKind.String)
            {
                if ((string)type! == "Long") value["type"] = "integer";
                else if ((string)type! == "any") value.Remove("type");
            }

            if (value["required"] is JsonArray { Count: 0 }) value.Remove("required");
            if (value["$ref"] is JsonValue reference) value["$ref"] = Define(new Uri(new Uri("file:///" + path), (string)reference!).AbsolutePath.TrimStart('/'), definitions);
            foreach (var member in value.Select(m => m.Value).ToArray()) Widen(member, path, definitions);
        }
    }

    private string Define(string path, JsonObject definitions)
    {
        var name = path.Replace(".json", "", StringComparison.Ordinal).Replace('/', '-');
        if (!definitions.ContainsKey(name))
        {
            var schema = Read(path);
            definitions[name] = schema;
            Widen(schema, path, definitions);
        }

        return "#/definitions/" + name;
    }
}
