using Parley.Server.Ownership;

namespace Parley.Server.Tests.Ownership;

public sealed class ElsewhereTests
{
    private static readonly PresentUser Ann = new("demo", "ann", IsAgent: false), Ben = new("demo", "ben", IsAgent: true);

    private readonly Elsewhere _elsewhere = new();

    [Fact]
    public void Who_is_on_two_nodes_comes_once_and_goes_with_the_last()
    {
        Assert.True(_elsewhere.Set("a", Ann, isThere: true));
        Assert.False(_elsewhere.Set("b", Ann, isThere: true));
        Assert.False(_elsewhere.Set("b", Ann, isThere: true));
        Assert.False(_elsewhere.Set("a", Ann, isThere: false));
        Assert.True(_elsewhere.Has(Ann));
        Assert.True(_elsewhere.Set("b", Ann, isThere: false));
        Assert.False(_elsewhere.Has(Ann));
    }

    [Fact]
    public void A_node_that_begins_to_speak_says_all_and_one_that_is_gone_has_nobody()
    {
        _elsewhere.Set("a", Ann, isThere: true);

        Assert.Equal([Ann, Ben], _elsewhere.Replace("a", [Ben]));
        Assert.Equal((false, true), (_elsewhere.Has(Ann), _elsewhere.Has(Ben)));
        Assert.Empty(_elsewhere.Replace("a", [Ben]));
        Assert.Equal([Ben], _elsewhere.Replace("a", []));
        Assert.False(_elsewhere.Has(Ben));
    }

    [Fact]
    public void An_agent_and_a_consumer_of_one_name_are_two() => Assert.False(_elsewhere.Set("a", Ann, isThere: true) && _elsewhere.Has(Ann with { IsAgent = true }));
}
