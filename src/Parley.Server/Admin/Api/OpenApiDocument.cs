using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Parley.Server.Admin.Api;

/// <summary>The admin API as OpenAPI 3.1, written from <see cref="AdminTable"/> when it is first asked for.</summary>
internal static partial class OpenApiDocument
{
    private const string Bearer = "bearer";
    private static readonly Lazy<byte[]> Written = new(() => JsonSerializer.SerializeToUtf8Bytes(Write(), AdminJson.Default.JsonObject));

    /// <summary>The document.</summary>
    public static ReadOnlyMemory<byte> Json => Written.Value;

    private static JsonObject Write()
    {
        var schemas = new OpenApiSchemas();
        var paths = new JsonObject();
        foreach (var endpoint in AdminTable.All)
        {
            var path = AdminApi.Root + endpoint.Path;
            if (paths[path] is not JsonObject methods) paths[path] = methods = [];
            methods[endpoint.Method.ToLowerInvariant()] = Operation(endpoint, path, schemas);
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Parley admin API",
                ["version"] = "1",
                ["description"] = "Users, skills, canned answers, settings and routing of an account. Times are epoch milliseconds.",
            },
            ["security"] = new JsonArray(new JsonObject { [Bearer] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    [Bearer] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["description"] = "The bearer of an agent's login to the account, or the operator token of the server.",
                    },
                },
                ["schemas"] = schemas.Components,
            },
        };
    }

    private static JsonObject Operation(AdminEndpoint endpoint, string path, OpenApiSchemas schemas)
    {
        var operation = new JsonObject
        {
            ["operationId"] = $"{endpoint.Method.ToLowerInvariant()}{string.Concat(Words.Matches(endpoint.Path).Select(word => char.ToUpperInvariant(word.Value[0]) + word.Value[1..]))}",
            ["summary"] = endpoint.Summary,
            ["description"] = $"For the role {endpoint.Least.ToString().ToLowerInvariant()}.",
            ["tags"] = new JsonArray(endpoint.Path.Split('/')[1]),
            ["parameters"] = new JsonArray(
            [
                .. Names.Matches(path).Select(name => Parameter(name.Groups[1].Value, "path", "string", null)),
                .. endpoint.Query.Select(parameter => Parameter(parameter.Name, "query", parameter.Type, parameter.Description)),
            ]),
        };
        if (endpoint.Request is { } request)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = Content("application/json", endpoint.RequestLike is { } like ? schemas.SomeOf(like) : schemas.Of(request)),
            };
        }

        operation["responses"] = Responses(endpoint, schemas);
        return operation;
    }

    private static JsonObject Parameter(string name, string where, string type, string? description)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = where, ["required"] = where == "path", ["schema"] = new JsonObject { ["type"] = type } };
        if (description is not null) parameter["description"] = description;
        return parameter;
    }

    private static JsonObject Responses(AdminEndpoint endpoint, OpenApiSchemas schemas)
    {
        var success = new JsonObject { ["description"] = endpoint.Answer is null ? "Done." : "What was asked for." };
        if (endpoint.Answer is { } answer) success["content"] = Content(endpoint.IsStream ? "text/event-stream" : "application/json", schemas.Of(answer));
        var responses = new JsonObject { [endpoint.Status.ToString(CultureInfo.InvariantCulture)] = success };
        if (endpoint.Request is not null || endpoint.Query.Count > 0) Add(StatusCodes.Status400BadRequest, "The request makes no sense; the error says why.");
        Add(StatusCodes.Status401Unauthorized, "There is no bearer of a login to this account.");
        Add(StatusCodes.Status403Forbidden, "The role is not enough.");
        Add(StatusCodes.Status404NotFound, "The account has no such thing.");
        if (endpoint.Method != HttpMethods.Get) Add(StatusCodes.Status409Conflict, "Something else is in the way; the error says what.");
        Add(StatusCodes.Status429TooManyRequests, "Too many requests of this login.");
        Add(StatusCodes.Status503ServiceUnavailable, "The store cannot be used now.");
        return responses;

        void Add(int status, string description) => responses[status.ToString(CultureInfo.InvariantCulture)] = new JsonObject
        {
            ["description"] = description, ["content"] = Content("application/json", schemas.Of(typeof(AdminError))),
        };
    }

    private static JsonObject Content(string type, JsonNode schema) => new() { [type] = new JsonObject { ["schema"] = schema } };

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Names { get; }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Words { get; }
}
