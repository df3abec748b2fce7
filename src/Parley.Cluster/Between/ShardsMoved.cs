using Orleans.Runtime;

namespace Parley.Cluster.Between;

/// <summary>How what the database shows differs from what it showed before.</summary>
/// <param name="Shards">The shards that have another owner, or none.</param>
/// <param name="Gone">Nodes that live no more.</param>
internal sealed record ShardsMoved(IReadOnlySet<int> Shards, IReadOnlyList<SiloAddress> Gone);
