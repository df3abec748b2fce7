using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Parley.Server.Hosting;

/// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: it can do its work.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ReadinessChecks checks)
    {
        routes.MapGet("/healthz", (RequestDelegate)(context => context.Response.WriteAsync("ok\n")));
        routes.MapGet("/readyz", (RequestDelegate)(context =>
        {
            var report = checks.Run();
            return context.AnswerAsync(
                report.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, report, HostingJson.Default.ReadinessReport);
        }));
    }
}
