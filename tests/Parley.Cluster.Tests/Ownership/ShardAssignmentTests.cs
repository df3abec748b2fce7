using CsCheck;
using Parley.Cluster.Ownership;

namespace Parley.Cluster.Tests.Ownership;

public sealed class ShardAssignmentTests
{
    private const int Shards = 256;

    private static readonly Gen<string[]> Nodes = Gen.Int[1, 12].Select(count => Enumerable.Range(0, count).Select(i => $"node-{i}").ToArray());

    // Owners are nodes that live, nodes that do not, and nobody.
    private static readonly Gen<(string[] Nodes, string?[] Owners)> Situations =
        Nodes.SelectMany(nodes => Gen.Int[-1, 14].Array[Shards].Select(owners => (nodes, owners.Select(o => o < 0 ? null : $"node-{o}").ToArray())));

    [Fact]
    public void Every_shard_gets_a_live_node_and_no_node_two_more_than_another() => Situations.Sample(s =>
    {
        var assigned = ShardAssignment.Assign(s.Nodes, s.Owners);
        Assert.All(assigned, owner => Assert.Contains(owner, s.Nodes));
        var counts = s.Nodes.Select(n => assigned.Count(a => a == n)).ToList();
        Assert.InRange(counts.Max() - counts.Min(), 0, 1);
    });

    [Fact]
    public void No_more_shards_leave_a_live_owner_than_must() => Situations.Sample(s =>
    {
        var assigned = ShardAssignment.Assign(s.Nodes, s.Owners);
        var moved = Enumerable.Range(0, Shards).Count(i => s.Nodes.Contains(s.Owners[i]) && assigned[i] != s.Owners[i]);
        var (share, rest) = Math.DivRem(Shards, s.Nodes.Length);
        var most = s.Nodes.Select(n => s.Owners.Count(o => o == n)).OrderDescending();
        Assert.Equal(most.Select((count, i) => Math.Max(0, count - (i < rest ? share + 1 : share))).Sum(), moved);
    });

    [Fact]
    public void Nodes_that_list_each_other_in_another_order_come_to_the_same() => Situations.Sample(s =>
        Assert.Equal(ShardAssignment.Assign(s.Nodes, s.Owners), ShardAssignment.Assign(s.Nodes.Reverse(), s.Owners)));

    [Fact]
    public void What_is_assigned_stays_so_when_it_is_owned() => Situations.Sample(s =>
    {
        var assigned = ShardAssignment.Assign(s.Nodes, s.Owners);
        Assert.Equal(assigned, ShardAssignment.Assign(s.Nodes, assigned));
    });

    // Nodes look at different times, and take what nobody has: whoever is first, no shard is given away again.
    [Fact]
    public void Nodes_that_take_free_shards_one_after_the_other_end_up_even() => Gen.Select(Nodes, Gen.Int[0, 1000]).Sample((nodes, seed) =>
    {
        var owners = new string?[Shards];
        var order = new Random(seed);
        foreach (var node in nodes.OrderBy(_ => order.Next()))
        {
            var assigned = ShardAssignment.Assign(nodes, owners);
            for (var shard = 0; shard < Shards; shard++)
            {
                if (assigned[shard] == node) owners[shard] = node;
            }
        }

        Assert.Equal(owners, ShardAssignment.Assign(nodes, owners));
        Assert.All(owners, Assert.NotNull);
    });

    [Fact]
    public void Without_a_live_node_nothing_changes() => Assert.Equal(["gone", null], ShardAssignment.Assign([], ["gone", null]));
}
