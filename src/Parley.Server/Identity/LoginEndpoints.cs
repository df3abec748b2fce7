using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Parley.Server.Discovery;
using Parley.Server.Hosting;

namespace Parley.Server.Identity;

/// <summary>Login, refresh and logout of agents (protocol 5.1, 5.2).</summary>
internal sealed class LoginEndpoints(IdentityServices identity, PublicAddress address, TimeProvider time, ILogger logger)
{
    private const string Cookie = "session_id";
    private const string Scheme = "Bearer ";
    private const int SessionMismatch = 10;

    private static readonly CookieOptions CookieOptions = new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/" };

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/account/{account}/login", (RequestDelegate)LoginAsync).RequireCors(Cors.Public);
        routes.MapPost("/api/account/{account}/refresh", (RequestDelegate)RefreshAsync).RequireCors(Cors.Public);
        routes.MapPost("/api/account/{account}/logout", (RequestDelegate)LogoutAsync).RequireCors(Cors.Public);
    }

    private async Task LoginAsync(HttpContext context)
    {
        if (await context.ReadJsonAsync(IdentityJson.Default.LoginRequest) is not { } request)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "The body is not the JSON object that was expected");
            return;
        }

        var remote = context.Connection.RemoteIpAddress?.ToString() ?? "";
        var ownAddress = $"https://{address.Of(context)}/api/account/{context.Account}/login";
        var (outcome, agent, reason) = await identity.Login.AuthenticateAsync(context.Account, request, remote, ownAddress);
        if (outcome != LoginOutcome.Accepted)
        {
            LogMessages.LoginNotAccepted(logger, outcome, Accounts.IsValidId(context.Account) ? context.Account : "?", reason);
            await (outcome switch
            {
                LoginOutcome.Malformed => RefuseAsync(context, StatusCodes.Status400BadRequest, reason ?? "Give username and password, or username and all four keys"),
                LoginOutcome.NotSetUp => RefuseAsync(context, StatusCodes.Status400BadRequest, "The account has no SAML identity provider; an operator adds it with 'parley account connector add --type saml'"),
                LoginOutcome.TooMany => RefuseAsync(context, StatusCodes.Status429TooManyRequests, "Too many failed logins; try again later"),
                _ => RefuseAsync(context, StatusCodes.Status401Unauthorized, "Login failed"),
            });
            return;
        }

        var (session, secrets) = await identity.Sessions.OpenAsync(agent!);
        LogMessages.LoggedIn(logger, agent!.AccountId, agent.Pid, session.Id);
        context.Response.Cookies.Append(Cookie, secrets.Cookie, CookieOptions);
        context.Response.Headers.CacheControl = "no-store";
        await context.AnswerAsync(
            StatusCodes.Status200OK,
            new LoginBody(
                secrets.Csrf,
                agent.Number,
                new LoginBody.Configuration(
                    agent.Login, agent.Number, agent.Pid, [], time.GetUtcNow().ToUnixTimeMilliseconds(), IsLPA: false, agent.Role == AgentRole.Admin,
                    agent.Role.ToString().ToLowerInvariant(),
                    WorkingHours.ZoneOf(identity.Accounts.Find(agent.AccountId)?.Settings.WorkingHours).Id),
                Services.All(agent.AccountId, address.Of(context)),
                new LoginBody.Account(new LoginBody.AgentGroups([new LoginBody.AgentGroup(-1, Deleted: false, "Main Group")], Revision: 1)),
                ((long)identity.Sessions.Lifetime.TotalMilliseconds).ToString(CultureInfo.InvariantCulture),
                secrets.Bearer),
            IdentityJson.Default.LoginBody);
    }

    private Task RefreshAsync(HttpContext context) => WithSessionAsync(context, identity.Sessions.RefreshAsync);

    private Task LogoutAsync(HttpContext context)
    {
        // The cookie may be that of another login in another tab.
        if (Bearer(context) is null) context.Response.Cookies.Delete(Cookie, CookieOptions);
        return WithSessionAsync(context, async session =>
        {
            await identity.Sessions.EndAsync(session);
            return true;
        });
    }

    private static string? Bearer(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
    }

    private async Task WithSessionAsync(HttpContext context, Func<AgentSession, Task<bool>> act)
    {
        var csrf = (await context.ReadJsonAsync(IdentityJson.Default.CsrfBody))?.Csrf;
        if (csrf is not null && await identity.Sessions.FindAsync(context.Account, Bearer(context), context.Request.Cookies[Cookie], csrf) is { } session && await act(session))
        {
            return;
        }

        await RefuseAsync(context, StatusCodes.Status401Unauthorized, csrf is null ? "CSRF token missing" : "CSRF token mismatch", SessionMismatch);
    }

    private Task RefuseAsync(HttpContext context, int status, string message, int? internalCode = null)
    {
        if (status == StatusCodes.Status429TooManyRequests)
        {
            context.Response.Headers.RetryAfter = "5";
        }

        var name = status switch
        {
            StatusCodes.Status400BadRequest => "BAD_REQUEST",
            StatusCodes.Status429TooManyRequests => "TOO_MANY_REQUESTS",
            _ => "UNAUTHORIZED",
        };
        return context.AnswerAsync(status, LoginError.Create(time.GetUtcNow(), message, internalCode ?? status, name), IdentityJson.Default.LoginError);
    }
}
