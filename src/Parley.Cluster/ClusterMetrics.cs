using System.Diagnostics.Metrics;

namespace Parley.Cluster;

/// <summary>The instruments of the meter <c>Parley.Cluster</c>.</summary>
internal static class ClusterMetrics
{
    private static readonly Meter Meter = new("Parley.Cluster");

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10] };

    public static readonly Histogram<double> Renewal = Meter.CreateHistogram("parley.cluster.lease.renewal", "s", "Attempts to renew the lease, by outcome.", tags: null, Seconds);
    public static readonly Counter<long> LostLeases = Meter.CreateCounter<long>("parley.cluster.lease.lost", "{lease}", "Leases that ended before they were given back.");
    public static readonly Histogram<double> Takeover = Meter.CreateHistogram("parley.cluster.takeover", "s", "Takeovers of shards, several at a time.", tags: null, Seconds);
    public static readonly Counter<long> TakenShards = Meter.CreateCounter<long>("parley.cluster.shards.taken", "{shard}", "Shards taken over.");
    public static readonly Counter<long> GivenShards = Meter.CreateCounter<long>("parley.cluster.shards.given", "{shard}", "Shards given to other nodes.");
    public static readonly Counter<long> Forwarded = Meter.CreateCounter<long>("parley.cluster.forwarded", "{command}", "Commands given to the node that decides, by kind.");
    public static readonly Counter<long> SentBatches = Meter.CreateCounter<long>("parley.cluster.sent.batches", "{batch}", "Batches that other nodes have taken.");
    public static readonly Counter<long> SentItems = Meter.CreateCounter<long>("parley.cluster.sent.items", "{item}", "What was said to other nodes.");
    public static readonly Counter<long> SentBytes = Meter.CreateCounter<long>("parley.cluster.sent", "By", "Bytes of batches that other nodes have taken.");
    public static readonly Counter<long> RepeatedBatches = Meter.CreateCounter<long>("parley.cluster.sent.repeats", "{batch}", "Batches sent again because no answer came.");
    public static readonly Counter<long> BrokenStreams = Meter.CreateCounter<long>("parley.cluster.streams.broken", "{stream}", "Streams to other nodes that broke: they hear the rest anew.");
    public static readonly Counter<long> HeardItems = Meter.CreateCounter<long>("parley.cluster.heard.items", "{item}", "What was heard from other nodes.");
    public static readonly Counter<long> HeardBytes = Meter.CreateCounter<long>("parley.cluster.heard", "By", "Bytes heard from other nodes.");
    public static readonly Counter<long> Silences = Meter.CreateCounter<long>("parley.cluster.silences", "{silence}", "Times that a live node was not heard for 3 s, so that what it decides was read again.");
}
