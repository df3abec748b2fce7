namespace Parley.Cluster.Ownership;

/// <summary>What one look at the database showed.</summary>
/// <param name="Shards">All shards, by their number.</param>
/// <param name="Nodes">The addresses of the nodes whose lease had not ended, by their id.</param>
/// <param name="FirstEnd">How long until the first of their leases ends, if it is not renewed; null without any.</param>
internal sealed record OwnershipPicture(IReadOnlyList<SeenShard> Shards, IReadOnlyDictionary<string, string> Nodes, TimeSpan? FirstEnd)
{
    /// <summary>Of each shard its owner, if he is live.</summary>
    public IReadOnlyList<string?> LiveOwners { get; } = [.. Shards.Select(s => Nodes.ContainsKey(s.Owner) ? s.Owner : null)];
}
