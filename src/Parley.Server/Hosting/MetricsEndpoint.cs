using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Parley.Server.Hosting;

/// <summary><c>/metrics</c> for Prometheus. Building the exporter costs 60 ms, so it is done beside the first requests and not while starting.</summary>
internal sealed class MetricsEndpoint : IDisposable
{
    private static readonly string[] Meters = ["Parley.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    private readonly Lazy<MeterProvider> _provider = new(() => Sdk.CreateMeterProviderBuilder()
        .ConfigureResource(resource => resource.AddService("parley", serviceVersion: typeof(MetricsEndpoint).Assembly.GetName().Version?.ToString(3)))
        .AddMeter(Meters)
        .AddPrometheusExporter(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0)
        .Build());
    private readonly Lazy<RequestDelegate> _scrape;

    public MetricsEndpoint(IServiceProvider services) => _scrape = new(() => new ApplicationBuilder(services)
        .UseOpenTelemetryPrometheusScrapingEndpoint(_provider.Value, _ => true, path: null, configureBranchedPipeline: null, optionsName: null)
        .Build());

    /// <summary>Measures from now on.</summary>
    public void Start() => _ = _scrape.Value;

    public Task AnswerAsync(HttpContext context) => _scrape.Value(context);

    public void Dispose()
    {
        if (_provider.IsValueCreated)
        {
            _provider.Value.Dispose();
        }
    }
}
