namespace Parley.Cluster.Ownership;

/// <summary>Which node should own which shard. Pure: nodes that see the same come to the same.</summary>
public static class ShardAssignment
{
    /// <summary>
    /// Divides shards so that no node has two more than another one, and as few as possible change their owner. While nodes take
    /// what is theirs, one after the other, what is left for the others stays the same.
    /// </summary>
    /// <param name="nodes">The ids of the live nodes, in any order.</param>
    /// <param name="owners">Of each shard, the node that owns it; null, or one that is not live, if nobody does.</param>
    /// <returns>Of each shard, the node that should own it. Without a live node, what was given.</returns>
    public static IReadOnlyList<string?> Assign(IEnumerable<string> nodes, IReadOnlyList<string?> owners)
    {
        var owned = nodes.Distinct().ToDictionary(n => n, _ => 0);
        if (owned.Count == 0) return owners;
        foreach (var owner in owners)
        {
            if (owner is not null && owned.TryGetValue(owner, out var count)) owned[owner] = count + 1;
        }

        // The places that are left over when all have the same go to those who would have to give a shard away otherwise.
        var (share, rest) = Math.DivRem(owners.Count, owned.Count);
        var ordered = owned.OrderByDescending(n => n.Value > share).ThenBy(n => n.Key, StringComparer.Ordinal).Select(n => n.Key).ToList();
        var places = ordered.Select((node, i) => (node, Places: i < rest ? share + 1 : share)).ToDictionary(p => p.node, p => p.Places);

        var assigned = new string?[owners.Count];
        for (var shard = 0; shard < assigned.Length; shard++)
        {
            if (owners[shard] is { } owner && places.TryGetValue(owner, out var left) && left > 0) (assigned[shard], places[owner]) = (owner, left - 1);
        }

        var free = new Queue<int>(Enumerable.Range(0, assigned.Length).Where(shard => assigned[shard] is null));
        foreach (var node in ordered.Order(StringComparer.Ordinal))
        {
            for (var left = places[node]; left > 0; left--) assigned[free.Dequeue()] = node;
        }

        return assigned;
    }
}
