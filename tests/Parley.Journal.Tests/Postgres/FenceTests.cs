using Parley.Journal.Postgres;
using Parley.Journal.Postgres.Sharding;
using Parley.Journal.Tests.Postgres.Support;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests.Postgres;

/// <summary>Two nodes that both believe they own a shard: only one of them stores anything.</summary>
public sealed class FenceTests : IAsyncDisposable
{
    private readonly TestDatabase _database = new();
    private readonly PostgresJournal _former, _next;

    public FenceTests()
    {
        _former = _database.Open();
        _next = _database.Open(ownsEverything: false);
    }

    public async ValueTask DisposeAsync()
    {
        await _former.DisposeAsync();
        await _next.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_node_that_lost_a_shard_loses_those_entries_alone()
    {
        var lost = new TestConversation(_former, "c1");
        var kept = new TestConversation(_former, "c2");
        var before = new TestConversation(_former, "c3");
        await Task.WhenAll(lost.Open().Outcome, kept.Open().Outcome, before.Open().Outcome);
        var changes = new List<ShardChange>();
        _former.ShardsChanged += changes.Add;
        _next.TakeOver([Shards.Of("c1")]);

        TestEntry moved, committed, waiting, first;
        using (var barrier = _database.Stop())
        {
            first = before.Say("makes the others one group");
            await barrier.HasStoppedOne();
            moved = lost.Say("too late", "e1");
            committed = kept.Say("mine", "e1");
            waiting = lost.Wait();
        }

        Assert.Equal(Outcome.Committed, await first.Outcome);
        Assert.Equal((Outcome.Moved, Outcome.Committed, Outcome.Moved), (await moved.Outcome, await committed.Outcome, await waiting.Outcome));
        Assert.Equal((true, false), (lost.IsAbandoned, kept.IsAbandoned));
        var change = Assert.Single(changes);
        Assert.Equal([Shards.Of("c1")], change.Shards);
        Assert.False(change.AreOwned);
        Assert.DoesNotContain(Shards.Of("c1"), _former.OwnedShards);

        var owner = TestConversation.Load(_next, "c1");
        Assert.Equal(Outcome.Committed, await owner.Say("from the owner", "e2").Outcome);
        foreach (var node in (PostgresJournal[])[_former, _next])
        {
            Assert.Equal(["e2"], node.Read("c1", 0, 10, 1 << 20).Select(m => m.EventId));
            Assert.Equal(["e1"], node.Read("c2", 0, 10, 1 << 20).Select(m => m.EventId));
            Facts.Same(owner.State, node.Load("c1"));
        }
    }

    [Fact]
    public async Task A_takeover_waits_for_an_append_under_way_and_finds_what_it_stored()
    {
        var conversation = new TestConversation(_former, "c1");
        await conversation.Open().Outcome;
        await using var next = new PostgresJournal(new PostgresJournalOptions(_database.Source, "next") { TakeoverPatience = TimeSpan.FromMinutes(1) });
        TestEntry entry;
        Task takeover;
        using (var barrier = _database.Stop())
        {
            entry = conversation.Say("in time", "e1");
            await barrier.HasStoppedOne();
            takeover = Task.Run(() => next.TakeOver([Shards.Of("c1")]));
            await Task.WhenAny(takeover, _database.Until("SELECT EXISTS(SELECT FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock' AND NOT granted)"));
        }

        await takeover;
        Assert.Equal(Outcome.Committed, await entry.Outcome);
        Assert.Equal(Outcome.Committed, await TestConversation.Load(next, "c1").Say("later", "e2").Outcome);
        Assert.Equal([(0, "e1"), (1, "e2")], next.Read("c1", 0, 10, 1 << 20).Select(m => (m.Sequence, m.EventId)));
        Assert.Equal(Outcome.Moved, await conversation.Say("too late", "e3").Outcome);
    }

    [Fact]
    public async Task A_node_that_stops_while_it_appends_does_not_hold_up_a_takeover()
    {
        var conversation = new TestConversation(_former, "c1");
        await conversation.Open().Outcome;
        TestEntry entry;
        using (var barrier = _database.Stop())
        {
            entry = conversation.Say("stopped", "e1");
            await barrier.HasStoppedOne();
            _next.TakeOver([Shards.Of("c1")]);
        }

        Assert.Equal(Outcome.Moved, await entry.Outcome);
        Assert.Equal(Outcome.Committed, await TestConversation.Load(_next, "c1").Say("goes on", "e2").Outcome);
        Assert.Equal([(0, "e2")], _next.Read("c1", 0, 10, 1 << 20).Select(m => (m.Sequence, m.EventId)));
    }

    [Fact]
    public async Task What_a_former_owner_has_in_memory_does_not_settle_over_what_the_owner_settled()
    {
        var conversation = new TestConversation(_former, "c1");
        conversation.Open();
        await conversation.Say("old", "e1").Outcome;
        _next.TakeOver([Shards.Of("c1")]);
        var owner = TestConversation.Load(_next, "c1");
        await owner.Say("new", "e2").Outcome;
        await _next.SettleAsync();
        await _former.SettleAsync();

        Assert.Equal(0, _former.Health.UnsettledBytes);
        Assert.DoesNotContain(Shards.Of("c1"), _former.OwnedShards);
        foreach (var node in (PostgresJournal[])[_former, _next])
        {
            Facts.Same(owner.State, node.Load("c1"));
            Assert.Equal(["e1", "e2"], node.Read("c1", 0, 10, 1 << 20).Select(m => m.EventId));
        }
    }

    // It was decided on what the node knew before another one wrote: stored now, it would be a twin of what that one stored.
    [Fact]
    public async Task An_entry_that_was_queued_before_a_shard_went_and_came_back_is_not_stored()
    {
        var stale = new TestConversation(_former, "c1");
        await stale.Open().Outcome;
        int[] shard = [Shards.Of("c1")];
        var before = new TestConversation(_former, "c3")
        {
            Told = (_, _) =>
            {
                _former.Release(shard);
                _next.TakeOver(shard);
                TestConversation.Load(_next, "c1").Say("meanwhile", "e2").Outcome.Wait();
                _next.Release(shard);
                _former.TakeOver(shard);
            },
        };
        TestEntry queued;
        using (var barrier = _database.Stop())
        {
            before.Open();
            await barrier.HasStoppedOne();
            queued = stale.Say("old", "e1");
        }

        Assert.Equal(Outcome.Moved, await queued.Outcome);
        Assert.Equal(["e2"], _former.Read("c1", 0, 10, 1 << 20).Select(m => m.EventId));
        Assert.Equal(Outcome.Committed, await TestConversation.Load(_former, "c1").Say("new", "e3").Outcome);
    }

    [Fact]
    public async Task A_shard_that_is_given_back_is_taken_over_with_everything_settled_or_not()
    {
        var conversation = new TestConversation(_former, "c1");
        conversation.Open();
        await conversation.Say("settled", "e1").Outcome;
        await _former.SettleAsync();
        await conversation.Say("not settled", "e2").Outcome;
        var position = _former.PositionOf(Shards.Of("c1"))!.Value;
        _former.Release([Shards.Of("c1")]);
        Assert.Equal(0, _former.Health.UnsettledBytes);
        _next.TakeOver([Shards.Of("c1")]);

        Assert.Equal(position with { Epoch = position.Epoch + 1 }, _next.PositionOf(Shards.Of("c1")));
        Assert.Equal(Outcome.Moved, await conversation.Say("no owner any more").Outcome);
        Assert.Equal(Outcome.Committed, await TestConversation.Load(_next, "c1").Say("owner", "e3").Outcome);
        await _next.SettleAsync();
        Assert.Equal(["e1", "e2", "e3"], _former.Read("c1", 0, 10, 1 << 20).Select(m => m.EventId));
        Assert.Equal(position.Offset + 1, _next.PositionOf(Shards.Of("c1"))!.Value.Offset);
    }
}
