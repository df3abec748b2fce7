using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Parley.Protocol.Tests;

/// <summary>Holds a frame against Parley's own schemas. Other test projects link this file.</summary>
public static class SchemaValidator
{
    private static readonly ConcurrentDictionary<(string, SchemaDirection, Dialect), Task<JsonSchema>> Compiled = [];

    /// <summary>What is wrong with a frame the server sent on a connection of this dialect; empty when nothing is.</summary>
    public static Task<IReadOnlyList<string>> ValidateSentAsync(ReadOnlyMemory<byte> frame, Dialect dialect) =>
        ValidateSentAsync(Encoding.UTF8.GetString(frame.Span), dialect);

    /// <inheritdoc cref="ValidateSentAsync(ReadOnlyMemory{byte},Dialect)"/>
    public static async Task<IReadOnlyList<string>> ValidateSentAsync(string frame, Dialect dialect)
    {
        using var document = JsonDocument.Parse(frame);
        var kind = document.RootElement.TryGetProperty("kind", out var k) ? k.GetString() : null;
        return kind switch
        {
            "resp" => await ValidateAsync(frame, SchemaDirection.Response, dialect),
            "notification" => await ValidateAsync(frame, SchemaDirection.Notification, dialect),
            _ => [$"kind {kind} is not what a server sends"],
        };
    }

    /// <summary>What is wrong with a frame of this direction; empty when nothing is.</summary>
    public static async Task<IReadOnlyList<string>> ValidateAsync(string frame, SchemaDirection direction, Dialect dialect)
    {
        using var document = JsonDocument.Parse(frame);
        var type = document.RootElement.TryGetProperty("type", out var t) ? t.GetString() : null;
        if (type is null) return ["type is missing"];
        if (Schemas.Find(type, direction, dialect) is not { } json) return [$"no schema for the {direction} {type} in {dialect}"];
        var schema = await Compiled.GetOrAdd((type, direction, dialect), _ => JsonSchema.FromJsonAsync(json));
        return Describe(schema.Validate(frame));
    }

    /// <summary>Errors as lines, the branches of a choice included.</summary>
    internal static IReadOnlyList<string> Describe(IEnumerable<ValidationError> errors) =>
        [.. errors.SelectMany(error => error is ChildSchemaValidationError choice
            ? choice.Errors.SelectMany(branch => Describe(branch.Value)).Prepend($"{error.Kind} {error.Path}")
            : [$"{error.Kind} {error.Path}"])];
}
