using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Parley.Protocol.Requests;
using Parley.Server.Hosting;

namespace Parley.Server.Identity.SignIn;

/// <summary>Where consumers bring tokens and codes of the brand, or come anonymously (protocol 4.3, 4.5).</summary>
internal sealed class SignInEndpoints(IdentityServices identity, ILogger logger)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/account/{account}/anonymous/authorize", (RequestDelegate)(context => AnswerAsync(context, AuthorizeAsync))).RequireCors(Cors.Public);
        routes.MapPost("/api/account/{account}/authenticate", (RequestDelegate)(context => AnswerAsync(context, AuthenticateAsync))).RequireCors(Cors.Public);
        routes.MapPost("/api/account/{account}/app/{connector}/authenticate", (RequestDelegate)(context => AnswerAsync(context, ExchangeAsync))).RequireCors(Cors.Public);
    }

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    private async Task AnswerAsync(HttpContext context, Func<HttpContext, Account, Task> answer)
    {
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await answer(context, await identity.Accounts.FindAsync(context.Account) ?? throw new SignInRefusedException(IdpErrors.UnknownAccount));
        }
        catch (SignInRefusedException e)
        {
            LogMessages.SignInRefused(logger, Accounts.IsValidId(context.Account) ? context.Account : "?", e.Error.InternalErrorCode, e.InnerException?.GetType().Name);
            await e.Error.AnswerAsync(context);
        }
    }

    private async Task AuthorizeAsync(HttpContext context, Account account)
    {
        var token = await identity.SignIn.AuthorizeAsync(account, await ReadOldAsync(context), AddressOf(context));
        await context.AnswerAsync(StatusCodes.Status200OK, new TokenBody(token), IdentityJson.Default.TokenBody);
    }

    private async Task AuthenticateAsync(HttpContext context, Account account) => await context.AnswerAsync(
        StatusCodes.Status200OK, new JwtBody(await SignInAsync(context, account, connectorId: null)), IdentityJson.Default.JwtBody);

    private async Task ExchangeAsync(HttpContext context, Account account)
    {
        var connectorId = (string)context.Request.RouteValues["connector"]!;
        var jwt = await SignInAsync(context, account, connectorId);
        await context.AnswerAsync(
            StatusCodes.Status200OK, new TokenBody(jwt) { Jwt = connectorId == AuthConnector.Default ? jwt : null }, IdentityJson.Default.TokenBody);
    }

    private async Task<string> SignInAsync(HttpContext context, Account account, string? connectorId)
    {
        var request = await context.ReadJsonAsync(IdentityJson.Default.SignInRequest) ?? throw new SignInRefusedException(IdpErrors.BadInput);

        // A consumer who steps up shows the token he had; with or without a scheme word.
        var before = context.Request.Headers.Authorization.ToString() is { Length: > 0 } header ? header[(header.LastIndexOf(' ') + 1)..] : null;
        return (await identity.SignIn.ExchangeAsync(account, connectorId, request, before, AddressOf(context))).Jwt;
    }

    // A new visitor sends nothing, "" or {}, with any content type.
    private static async Task<string?> ReadOldAsync(HttpContext context)
    {
        var body = await context.ReadBytesAsync();
        if (body.AsSpan().Trim(" \t\r\n"u8).Length == 0) return null;
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement switch
            {
                { ValueKind: JsonValueKind.String } text when text.ValueEquals("") => null,
                { ValueKind: JsonValueKind.Object } root when root.Member("id_token") is var old && old.ValueKind is JsonValueKind.Undefined or JsonValueKind.String => old.Text(),
                _ => throw new SignInRefusedException(IdpErrors.BadInput),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new SignInRefusedException(IdpErrors.BadInput);
        }
    }
}
