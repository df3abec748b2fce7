using Orleans.Runtime;
using Parley.Cluster.Ownership;
using Parley.Journal.Postgres;
using Parley.Journal.Postgres.Sharding;

namespace Parley.Cluster.Between;

/// <summary>The shards by the node's lease, its journal, and the last look at the database.</summary>
internal sealed class ShardView : IShardView
{
    private readonly SiloAddress _self;
    private readonly PostgresJournal _journal;
    private readonly ShardBalancer _balancer;
    private volatile Seen _seen = new([], new SiloAddress?[Shards.Count]);

    /// <param name="self">This node.</param>
    /// <param name="journal">Knows what this node owns while its lease holds.</param>
    /// <param name="balancer">Looks. The addresses of nodes are those of their silos.</param>
    public ShardView(SiloAddress self, PostgresJournal journal, ShardBalancer balancer)
    {
        (_self, _journal, _balancer) = (self, journal, balancer);
        balancer.MapChanged += Look;
        balancer.Taken += () => Taken?.Invoke();
    }

    public event Action<ShardsMoved>? Moved;

    public event Action? Taken;

    public IReadOnlyList<SiloAddress> Others => _seen.Others;

    /// <summary>Whether every shard has an owner.</summary>
    public bool IsComplete => Array.TrueForAll(_seen.Owners, owner => owner is not null);

    public bool IsMine(string conversationId) => _journal.PositionOf(Shards.Of(conversationId)) is not null;

    public SiloAddress? OwnerOf(string conversationId) => _seen.Owners[Shards.Of(conversationId)];

    private void Look()
    {
        var (map, before) = (_balancer.Map, _seen);
        var addresses = map.Nodes.ToDictionary(node => node.Key, node => SiloAddress.FromParsableString(node.Value));
        var owners = new SiloAddress?[Shards.Count];
        for (var shard = 0; shard < owners.Length; shard++) owners[shard] = map.OwnerOf(shard) is { } node ? addresses[node] : null;
        _seen = new Seen([.. addresses.Values.Where(address => !address.Equals(_self)).Distinct()], owners);
        Moved?.Invoke(new ShardsMoved(
            Enumerable.Range(0, owners.Length).Where(shard => !Equals(owners[shard], before.Owners[shard])).ToHashSet(), [.. before.Others.Except(_seen.Others)]));
    }

    private sealed record Seen(IReadOnlyList<SiloAddress> Others, SiloAddress?[] Owners);
}
