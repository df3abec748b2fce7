using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Parley.Server.Hosting;

namespace Parley.Server.Admin.Api;

/// <summary>An authorised request.</summary>
internal sealed record AdminCall(HttpContext Context, AdminEndpoint Endpoint, AdminCaller Caller, AdminServices Services)
{
    private const string NotExpected = "The body is not the JSON object that was expected";

    public string AccountId => Context.Account;

    /// <summary>A part of the path, by the name it has there.</summary>
    public string Part(string name) => (string?)Context.Request.RouteValues[name] ?? "";

    /// <summary>A parameter of the query; null when it is missing or empty.</summary>
    public string? Query(string name) => Context.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    /// <exception cref="AdminRefusal">It is not a number from 1 to <paramref name="most"/>.</exception>
    public int Number(string name, int usual, int most) =>
        Query(name) is not { } value ? usual
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number
        : throw new AdminRefusal(StatusCodes.Status400BadRequest, $"{name} is a number from 1 to {most}.");

    /// <exception cref="AdminRefusal">The body is something else.</exception>
    public async Task<T> ReadAsync<T>(JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(await Context.ReadBytesAsync(), type) ?? throw new AdminRefusal(StatusCodes.Status400BadRequest, $"{NotExpected}.");
        }
        catch (JsonException e)
        {
            var where = e.Path is { Length: > 2 } path ? $"; look at {path[2..]}" : "";
            throw new AdminRefusal(StatusCodes.Status400BadRequest, $"{NotExpected}{where}. /api/openapi.json tells what is.");
        }
    }

    public Task AnswerAsync<T>(T body, JsonTypeInfo<T> type) => Context.AnswerAsync(Endpoint.Status, body, type);
}
