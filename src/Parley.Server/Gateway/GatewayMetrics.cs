using System.Diagnostics.Metrics;

namespace Parley.Server.Gateway;

/// <summary>What the gateway counts (meter <c>Parley.Gateway</c>).</summary>
internal sealed class GatewayMetrics : IDisposable
{
    private readonly Meter _meter = new("Parley.Gateway");

    public GatewayMetrics(Connections connections)
    {
        Requests = _meter.CreateCounter<long>("parley.gateway.requests", description: "Requests received on sockets");
        Closes = _meter.CreateCounter<long>("parley.gateway.closes", description: "Sockets closed by the server, by code");
        _meter.CreateObservableGauge("parley.gateway.sockets", () => connections.Count, description: "Open sockets");
    }

    public Counter<long> Requests { get; }
    public Counter<long> Closes { get; }

    public void Dispose() => _meter.Dispose();
}
