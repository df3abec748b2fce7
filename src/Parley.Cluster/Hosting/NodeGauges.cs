using System.Diagnostics.Metrics;
using Parley.Cluster.Between;
using Parley.Journal.Postgres;

namespace Parley.Cluster.Hosting;

/// <summary>What a node has at the moment (meter <c>Parley.Cluster</c>).</summary>
internal sealed class NodeGauges : IDisposable
{
    private readonly Meter _meter = new("Parley.Cluster");

    public NodeGauges(PostgresJournal journal, ClusterNodes nodes)
    {
        _meter.CreateObservableGauge("parley.cluster.shards", () => journal.OwnedShards.Count, "{shard}", "Shards that this node owns.");
        _meter.CreateObservableGauge("parley.cluster.waiting", () => nodes.Waiting, "{command}", "What clients of this node wait for, and other nodes, or nobody yet, must decide.");
        _meter.CreateObservableGauge("parley.cluster.silence", () => nodes.Silence?.TotalSeconds ?? 0, "s", "Since when the node was not heard that was not heard for longest.");
    }

    public void Dispose() => _meter.Dispose();
}
