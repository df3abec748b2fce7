using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;
using Parley.Server.Admin.Api;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Admin.Api;

public sealed class OpenApiTests(MessagingServer server)
{
    [Fact]
    public async Task The_document_has_every_address_and_nothing_else()
    {
        var document = await DocumentAsync();

        Assert.Equal("3.1.0", (string?)document["openapi"]);
        Assert.Equal(
            AdminTable.All.Select(endpoint => $"{endpoint.Method.ToLowerInvariant()} {AdminApi.Root}{endpoint.Path}").Order(StringComparer.Ordinal),
            Operations(document).Select(operation => $"{operation.Method} {operation.Path}").Order(StringComparer.Ordinal));
        var ids = Operations(document).Select(operation => (string)operation.Body["operationId"]!).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        foreach (var (path, _, body) in Operations(document))
        {
            Assert.Equal(
                Regex.Matches(path, @"\{(\w+)\}").Select(name => name.Groups[1].Value),
                body["parameters"]!.AsArray().Where(parameter => (string?)parameter!["in"] == "path").Select(parameter => (string)parameter!["name"]!));
            Assert.NotEmpty(body["responses"]!.AsObject());
        }
    }

    [Fact]
    public async Task Every_reference_leads_somewhere_and_every_schema_is_one()
    {
        var document = await DocumentAsync();
        var references = References(document).ToArray();

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.NotNull(Resolve(document, reference)));
        foreach (var name in document["components"]!["schemas"]!.AsObject().Select(component => component.Key))
            Assert.NotNull(await SchemaAsync(document, $"#/components/schemas/{name}"));
    }

    [Fact]
    public async Task What_is_sent_is_what_the_document_says()
    {
        var document = await DocumentAsync();
        var admin = await AdminDesk.OpenAsync(server);
        await admin.DoAsync("POST", "skills", """{"name":"sales","settings":{"ringSeconds":20}}""");
        await admin.DoAsync("POST", "users", """{"login":"ada","skills":[{"id":"1001"}]}""");
        await admin.DoAsync("POST", "canned-answers", """{"title":"x","text":"y"}""");
        await using var talk = await server.TalkAsync(admin.Account);
        await using var consumer = await server.ConsumerAsync(admin.Account);
        var waiting = await Talk.OpenConversationAsync(consumer, """{"skillId":"1001"}""");
        string[] paths =
        [
            "users", $"users/{admin.Pid}", "skills", "skills/1001", "canned-answers", "settings", "colleagues", "routing/queue", "routing/agents", "statistics/today",
            $"routing/explain/{waiting}", $"routing/explain/{talk.ConversationId}",
        ];
        foreach (var path in paths)
        {
            var template = Regex.Replace(path, "(?<=^(users|skills|routing/explain)/)[^/]+$", path.StartsWith("routing", StringComparison.Ordinal) ? "{conversationId}" : "{id}");
            var reference = (string)document["paths"]![$"{AdminApi.Root}/{template}"]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["$ref"]!;
            var errors = (await SchemaAsync(document, reference)).Validate((await admin.GetAsync(path)).ToJsonString());
            Assert.True(errors.Count == 0, $"{path}: {string.Join("; ", errors)}");
        }
    }

    [Fact]
    public async Task What_may_be_sent_in_part_is_described_in_part()
    {
        var document = await DocumentAsync();
        var request = (string)document["paths"]![$"{AdminApi.Root}/settings"]!["patch"]!["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"]!;
        var settings = await SchemaAsync(document, request);

        Assert.Empty(settings.Validate("""{"ringSeconds":30,"brandName":null,"limits":{"textCharacters":5}}"""));
        Assert.NotEmpty(settings.Validate("""{"ringSeconds":"30"}"""));
        Assert.NotEmpty(settings.Validate("""{"ringSecond":30}"""));
        var skill = await SchemaAsync(document, "#/components/schemas/SkillPatch");
        Assert.Empty(skill.Validate("""{"settings":{"ringAgents":2}}"""));
        Assert.NotEmpty(skill.Validate("""{"settings":{"ringAgents":"2"}}"""));
    }

    private async Task<JsonNode> DocumentAsync()
    {
        using var answer = await server.Http.GetAsync("/api/openapi.json");
        Assert.Equal("application/json", answer.EnsureSuccessStatusCode().Content.Headers.ContentType?.MediaType);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private static IEnumerable<(string Path, string Method, JsonNode Body)> Operations(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from method in path.Value!.AsObject()
        select (path.Key, method.Key, method.Value!);

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "$ref" ? [(string)member.Value!] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private static JsonNode? Resolve(JsonNode document, string reference) =>
        reference.Split('/').Skip(1).Aggregate((JsonNode?)document, (node, name) => node?[name]);

    // The validator looks for referred schemas in definitions.
    private static Task<JsonSchema> SchemaAsync(JsonNode document, string reference)
    {
        var schema = new JsonObject { ["allOf"] = new JsonArray(new JsonObject { ["$ref"] = reference }), ["definitions"] = document["components"]!["schemas"]!.DeepClone() };
        return JsonSchema.FromJsonAsync(schema.ToJsonString().Replace("#/components/schemas/", "#/definitions/"));
    }
}
