using System.Net;
using Microsoft.AspNetCore.Http;
using Parley.Server.Hosting;
using Parley.Server.Identity;

namespace Parley.Server.Site;

/// <summary>
/// <c>/demo.json</c>: the account and the logins of <c>lp.env</c>, for the server's own pages on this machine. The name by which the
/// server was asked must be one of this machine: a page of elsewhere whose host name leads here does not get it.
/// </summary>
internal sealed class DemoLogins(string environmentFile, IdentityServices identity)
{
    private static readonly string[] SignsOfProxies = ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP"];

    public Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (IsOfThisMachine(context)) return context.AnswerAsync(StatusCodes.Status200OK, Read(), SiteJson.Default.DemoBody);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static bool IsOfThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } peer && IPAddress.IsLoopback(peer)
        && context.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]"
        && !SignsOfProxies.Any(context.Request.Headers.ContainsKey);

    private DemoBody Read()
    {
        var variables = EnvironmentFile.Read(environmentFile);
        var account = variables.GetValueOrDefault("LP_ACCOUNT", "");
        return new DemoBody(account, [.. Login("LP_USER", "LP_PASS"), .. Login("LP_MANAGER_USER", "LP_MANAGER_PASS")]);

        IEnumerable<DemoBody.Agent> Login(string login, string password) =>
            variables.TryGetValue(login, out var name) && variables.TryGetValue(password, out var secret) && identity.Agents.FindByLogin(account, name) is { Enabled: true } agent
                ? [new(name, secret, agent.Role.ToString().ToLowerInvariant())] : [];
    }
}
