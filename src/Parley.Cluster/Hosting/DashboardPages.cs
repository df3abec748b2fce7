using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Dashboard;
using Orleans.Hosting;
using Parley.Server.Admin;

namespace Parley.Cluster.Hosting;

/// <summary>Orleans' own dashboard. It lives on the services of the silo, which is a host beside the web server.</summary>
internal sealed class DashboardPages(IServiceProvider silo)
{
    private readonly Lazy<RequestDelegate> _pages = new(() => new ApplicationBuilder(silo)
        .UseRouting().UseEndpoints(routes => routes.MapOrleansDashboard(OperatorEndpoints.Dashboard)).Build());

    /// <summary>Gives a silo what the dashboard needs.</summary>
    public static void Add(ISiloBuilder silo)
    {
        silo.AddDashboard(options => options.HideTrace = true); // the log is where the operator wants it
        silo.Services.AddRouting().AddSingleton(new DiagnosticListener("Parley"));
    }

    /// <summary>Answers an operator.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        var (services, endpoint) = (context.RequestServices, context.GetEndpoint());
        await using var scope = silo.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        context.SetEndpoint(null); // where there is one, routing looks for no other
        try
        {
            await _pages.Value(context);
        }
        finally
        {
            context.RequestServices = services;
            context.SetEndpoint(endpoint);
        }
    }
}
