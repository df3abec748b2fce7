using Parley.Conversations;
using Parley.Journal.Postgres.Sharding;
using Parley.Journal.Tests.Postgres.Support;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests.Postgres;

/// <summary>What a node reads of conversations that another one decides for.</summary>
public sealed class OtherNodesTests
{
    [Fact]
    public async Task A_reader_on_another_node_misses_and_doubles_nothing_while_events_are_committed_and_settled()
    {
        await using var database = new TestDatabase();
        await using var owner = database.OpenBusy(ownsEverything: true);
        await using var other = database.OpenBusy(ownsEverything: false);
        var count = Sampling.Count(300, 10_000);
        var conversation = new TestConversation(owner, "c1");
        await conversation.Open().Outcome;
        long committed = 0;
        using var isOver = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            var reads = 0;
            for (; !isOver.IsCancellationRequested; reads++)
            {
                var known = Volatile.Read(ref committed);
                var from = random.NextInt64(known + 1);
                var events = other.Read("c1", from, int.MaxValue, int.MaxValue);
                Assert.Equal(Enumerable.Range(0, events.Count).Select(i => from + i), events.Select(e => e.Sequence));
                Assert.True(from + events.Count >= known, $"{known} were committed, {from} + {events.Count} were read.");
                Assert.True(other.Load("c1")!.Main.NextSequence >= known);
                Assert.True(Assert.Single(other.Query(new ConversationQuery("account-1"))).Main.NextSequence >= known);
                if (known > 0) Assert.NotNull(other.FindByEventId("c1", "consumer-1", $"e{random.NextInt64(known)}"));
            }

            return reads;
        })).ToList();
        var settler = Task.Run(async () =>
        {
            while (!isOver.IsCancellationRequested) await owner.SettleAsync();
        });

        for (var i = 0; i < count; i++)
        {
            Assert.Equal(Outcome.Committed, await conversation.Say("x", $"e{i}").Outcome);
            Volatile.Write(ref committed, i + 1);
        }

        isOver.Cancel();
        await settler;
        Assert.All(await Task.WhenAll(readers), reads => Assert.True(reads > 10));
        Assert.Equal(count, other.Read("c1", 0, int.MaxValue, int.MaxValue).Count);
    }

    [Fact]
    public async Task A_list_holds_what_all_nodes_committed_settled_or_not()
    {
        await using var database = new TestDatabase();
        await using var one = database.Open();
        for (var i = 0; i < 6; i++) await new TestConversation(one, $"c{i}") { ConsumerId = $"consumer-{i % 2}" }.Open(now: 1000 * i).Outcome;
        await one.SettleAsync();
        await using var two = database.Open(ownsEverything: false);
        one.Release(Enumerable.Range(0, 128));
        two.TakeOver(Enumerable.Range(0, 128));
        var owners = Enumerable.Range(0, 6).Select(i => new { Id = $"c{i}", Node = two.OwnedShards.Contains(Shards.Of($"c{i}")) ? two : one }).ToList();
        Assert.Equal(2, owners.Select(o => o.Node).Distinct().Count());
        foreach (var o in owners.Where(o => o.Id is "c1" or "c3" or "c4")) Assert.Equal((Outcome.Committed, o.Id), (await TestConversation.Load(o.Node, o.Id).Close(now: 10_000).Outcome, o.Id));

        foreach (var node in new[] { one, two })
        {
            var all = new ConversationQuery("account-1");
            Assert.Equal(["c1", "c3", "c4", "c5", "c2", "c0"], node.Query(all).Select(c => c.Id));
            Assert.Equal(["c5", "c2", "c0"], node.Query(all with { Stage = Stage.Open }).Select(c => c.Id));
            Assert.Equal(["c1", "c3", "c5"], node.Query(all with { ConsumerId = "consumer-1" }).Select(c => c.Id));
            Assert.Empty(node.Query(new ConversationQuery("account-2")));
        }
    }
}
