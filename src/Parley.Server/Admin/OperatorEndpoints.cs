using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Server.Hosting;
using Parley.Server.Identity;

namespace Parley.Server.Admin;

/// <summary><c>/operator/...</c>: every operation for whoever has the token of <c>server.json</c>.</summary>
internal sealed class OperatorEndpoints(IEndpointRouteBuilder routes, Operations operations, string token)
{
    /// <summary>Where the dashboard of nodes is.</summary>
    public const string Dashboard = "/operator/dashboard";

    private const string Scheme = "Bearer ", BrowserScheme = "Basic ";

    private readonly string _tokenHash = Secrets.Hash(token);

    public static void Map(IEndpointRouteBuilder routes, Operations operations, string token, RequestDelegate? dashboard)
    {
        var endpoints = new OperatorEndpoints(routes, operations, token);
        endpoints.Map(OperatorApi.AddAccount);
        endpoints.Map(OperatorApi.ListAccounts);
        endpoints.Map(OperatorApi.ChangeSettings);
        endpoints.Map(OperatorApi.DisableAccount);
        endpoints.Map(OperatorApi.AddConnector);
        endpoints.Map(OperatorApi.ListConnectors);
        endpoints.Map(OperatorApi.RemoveConnector);
        endpoints.Map(OperatorApi.AddAgent);
        endpoints.Map(OperatorApi.ListAgents);
        endpoints.Map(OperatorApi.ChangeAgent);
        endpoints.Map(OperatorApi.EnableAgent);
        endpoints.Map(OperatorApi.DisableAgent);
        endpoints.Map(OperatorApi.SetPassword);
        endpoints.Map(OperatorApi.AddKeys);
        endpoints.Map(OperatorApi.AddSkill);
        endpoints.Map(OperatorApi.ListSkills);
        endpoints.Map(OperatorApi.ChangeSkill);
        endpoints.Map(OperatorApi.RemoveSkill);
        endpoints.Map(OperatorApi.MintToken);
        endpoints.Map(OperatorApi.ListTokens);
        endpoints.Map(OperatorApi.RevokeToken);
        endpoints.Map(OperatorApi.RotateKeys);
        if (dashboard is not null) routes.MapGet(Dashboard + "/{**path}", (RequestDelegate)(context => endpoints.ShowAsync(context, dashboard)));
    }

    private void Map<TRequest, TResult>(Operation<TRequest, TResult> operation)
        where TRequest : class
        where TResult : class =>
        routes.MapPost($"/operator/{operation.Path}", (RequestDelegate)(context => RunAsync(context, operation)));

    private async Task RunAsync<TRequest, TResult>(HttpContext context, Operation<TRequest, TResult> operation)
        where TRequest : class
        where TResult : class
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!IsOperator(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "Give the operator token as bearer.");
        }
        else if (await context.ReadJsonAsync(operation.RequestType()) is not { } request)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "The body is not the JSON object that was expected.");
        }
        else
        {
            try
            {
                await context.AnswerAsync(StatusCodes.Status200OK, await operation.RunAsync(operations, request), operation.ResultType());
            }
            catch (RefusedException e)
            {
                await RefuseAsync(context, StatusCodes.Status400BadRequest, e.Message);
            }
        }
    }

    // A browser asks for a name and a password: the token is the password.
    private Task ShowAsync(HttpContext context, RequestDelegate page)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (IsOperator(context.Request) || IsOperatorInBrowser(context.Request)) return page(context);
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"Parley operator\", charset=\"UTF-8\"";
        return RefuseAsync(context, StatusCodes.Status401Unauthorized, "Give the operator token as password, or as bearer.");
    }

    private bool IsOperatorInBrowser(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(BrowserScheme, StringComparison.Ordinal)) return false;
        var given = new byte[header.Length];
        return Convert.TryFromBase64Chars(header.AsSpan(BrowserScheme.Length), given, out var length)
            && Encoding.UTF8.GetString(given, 0, length).Split(':', 2) is [_, var password] && Secrets.Matches(password, _tokenHash);
    }

    private bool IsOperator(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith(Scheme, StringComparison.Ordinal)
        && Secrets.Matches(header[Scheme.Length..], _tokenHash);

    private static Task RefuseAsync(HttpContext context, int status, string error) =>
        context.AnswerAsync(status, new OperatorError(error), OperatorJson.Default.OperatorError);
}
