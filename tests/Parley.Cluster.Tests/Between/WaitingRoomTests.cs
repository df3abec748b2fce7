using Orleans.Runtime;
using Parley.Cluster.Between;
using Parley.Cluster.Tests.Membership;
using Parley.Server.Ownership;

namespace Parley.Cluster.Tests.Between;

/// <summary>What is asked of one conversation is carried out in the order in which it was asked: once, what came back from a node that decided no longer went behind what was asked after it.</summary>
public sealed class WaitingRoomTests
{
    private static readonly SiloAddress X = Silos.Address(1), Y = Silos.Address(2);

    private readonly WaitingRoom _room = new();
    private readonly List<(long Order, SiloAddress Node)> _sent = [];
    private long _lastOrder;

    [Fact]
    public void What_comes_back_goes_before_what_was_asked_after_it_whatever_comes_back_first()
    {
        var (first, second, third) = (Ask(X), Ask(X), Ask(null));
        _room.Return(second);
        ReleaseTo(Y);
        Assert.Equal([(1, X), (2, X)], _sent);

        _room.Return(first);
        ReleaseTo(Y);
        Assert.Equal([(1, X), (2, X), (1, Y), (2, Y), (3, Y)], _sent);
        foreach (var pending in (Pending[])[first, second, third]) _room.Arrive(pending);
        Assert.False(_room.Has("c"));
    }

    [Fact]
    public void Nothing_goes_to_another_node_than_what_was_asked_before_until_that_is_carried_out()
    {
        var first = Ask(X);
        Ask(Y);
        ReleaseTo(Y);
        Assert.Equal([(1, X)], _sent);

        _room.Arrive(first);
        ReleaseTo(Y);
        Assert.Equal([(1, X), (2, Y)], _sent);
    }

    [Fact]
    public void Nothing_follows_what_came_back_even_to_the_same_node_until_all_of_it_is_back()
    {
        var (first, second) = (Ask(X), Ask(X));
        _room.Return(first);
        Ask(X);
        Assert.Equal([(1, X), (2, X)], _sent);

        _room.Return(second);
        ReleaseTo(X);
        Assert.Equal([(1, X), (2, X), (1, X), (2, X), (3, X)], _sent);
    }

    [Fact]
    public void Other_conversations_do_not_wait()
    {
        Ask(null);
        Ask(X, "another");
        Assert.Equal([(2, X)], _sent);
        Assert.Equal(1, _room.Count);
    }

    private Pending Ask(SiloAddress? node, string conversation = "c")
    {
        var pending = new Pending(conversation, null, null, NoReply.Instance) { Order = ++_lastOrder };
        if (node is null || !_room.TryDepart(pending, node, Send)) _room.Enter(pending);
        return pending;
    }

    private void ReleaseTo(SiloAddress node) => _room.Release(pending => _room.TryDepart(pending, node, Send));

    private void Send(Pending pending, SiloAddress node) => _sent.Add((pending.Order, node));
}
