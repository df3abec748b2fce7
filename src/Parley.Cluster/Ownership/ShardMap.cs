namespace Parley.Cluster.Ownership;

/// <summary>Who owned which shard when a node looked last: where to send what is for another node. It may be old by the time it is used.</summary>
public sealed class ShardMap
{
    private readonly IReadOnlyList<string?> _owners;

    internal ShardMap(OwnershipPicture picture)
    {
        _owners = picture.LiveOwners;
        Nodes = picture.Nodes;
    }

    /// <summary>Before the first look: nobody owns anything.</summary>
    public static ShardMap Empty { get; } = new(new OwnershipPicture([], new Dictionary<string, string>(), null));

    /// <summary>The addresses of the live nodes, by their id.</summary>
    public IReadOnlyDictionary<string, string> Nodes { get; }

    /// <summary>The id of the live node that owns a shard; null while nobody does.</summary>
    public string? OwnerOf(int shard) => shard < _owners.Count ? _owners[shard] : null;

    /// <summary>Whether another one says the same.</summary>
    internal bool Shows(ShardMap other) =>
        _owners.SequenceEqual(other._owners) && Nodes.Count == other.Nodes.Count && Nodes.All(n => other.Nodes.TryGetValue(n.Key, out var address) && address == n.Value);

    /// <summary>How many shards a node owns.</summary>
    public int CountOf(string node) => _owners.Count(owner => owner == node);
}
