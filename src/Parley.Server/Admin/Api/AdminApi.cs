using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Journal;
using Parley.Server.Hosting;
using Parley.Server.Identity;

namespace Parley.Server.Admin.Api;

/// <summary>
/// <c>/api/account/{account}/admin/...</c>: what a brand administers of its account. The bearer of an agent's login opens what
/// his role allows, the operator token of <c>server.json</c> everything.
/// </summary>
internal sealed class AdminApi(AdminServices services, LimitOptions limits, string operatorToken)
{
    public const string Root = "/api/account/{account}/admin";

    private const string Scheme = "Bearer ";

    private readonly string _operatorHash = Secrets.Hash(operatorToken);

    // A bucket per session that empties with time, as sockets have one each.
    private readonly FailureLimiter _requests = new(limits.AgentBurst, TimeSpan.FromSeconds(1.0 / Math.Max(1, limits.AgentRequestsPerSecond)), services.Time);

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var endpoint in AdminTable.All)
        {
            routes.MapMethods(Root + endpoint.Path, [endpoint.Method], (RequestDelegate)(context => HandleAsync(context, endpoint))).RequireCors(Cors.Public);
        }

        routes.MapGet("/api/openapi.json", (RequestDelegate)DescribeAsync).RequireCors(Cors.Public);
    }

    private static async Task DescribeAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(OpenApiDocument.Json, context.RequestAborted);
    }

    private async Task HandleAsync(HttpContext context, AdminEndpoint endpoint)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Vary = "Authorization";
        try
        {
            await endpoint.AnswerAsync(new AdminCall(context, endpoint, await AuthorisedAsync(context, endpoint), services));
        }
        catch (AdminRefusal e)
        {
            await RefuseAsync(context, e.Status, e.Message);
        }
        catch (RefusedException e)
        {
            await RefuseAsync(context, e.IsConflict ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest, e.Message);
        }
        catch (BadHttpRequestException e)
        {
            await RefuseAsync(context, e.StatusCode, "The request is not what HTTP allows, or its body is too large.");
        }
        catch (JournalUnavailableException)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "The store cannot be read now; try again.");
        }
    }

    private async ValueTask<AdminCaller> AuthorisedAsync(HttpContext context, AdminEndpoint endpoint)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var bearer = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : "";
        if (Secrets.Matches(bearer, _operatorHash))
        {
            return services.Identity.Accounts.Find(context.Account) is not null ? new AdminCaller(null) : throw AdminRefusal.NotFound("account");
        }

        if (await services.Identity.Sessions.FindByBearerAsync(context.Account, bearer) is not { } session)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            throw new AdminRefusal(StatusCodes.Status401Unauthorized, "Give the bearer of a login to this account.");
        }

        if (limits.RateLimits && IsTooMuch(session.Id))
        {
            context.Response.Headers.RetryAfter = "1";
            throw new AdminRefusal(StatusCodes.Status429TooManyRequests, "Too many requests of this login.");
        }

        return session.Agent.Role >= endpoint.Least ? new AdminCaller(session)
            : throw new AdminRefusal(StatusCodes.Status403Forbidden, $"This is for the role {endpoint.Least.ToString().ToLowerInvariant()}.");
    }

    private bool IsTooMuch(string sessionId)
    {
        if (_requests.IsExhausted(sessionId)) return true;
        _requests.Count(sessionId);
        return false;
    }

    private static Task RefuseAsync(HttpContext context, int status, string error) =>
        context.AnswerAsync(status, new AdminError(error), AdminJson.Default.AdminError);
}
