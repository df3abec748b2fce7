using Parley.Journal.Postgres;
using Parley.Journal.Postgres.Sharding;
using Parley.Journal.Tests.Postgres.Support;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests.Postgres;

/// <summary>A node whose lease has ended, and that nobody has told who owns its shards now.</summary>
public sealed class LeaseTests : IAsyncDisposable
{
    private readonly TestDatabase _database = new();
    private readonly PostgresJournal _former, _next;
    private bool _isHeld = true;

    public LeaseTests()
    {
        _former = new PostgresJournal(new PostgresJournalOptions(_database.Source, "former") { OwnsEverything = true, Owner = "former/1", HoldsLease = () => Volatile.Read(ref _isHeld), Time = _database.Time });
        _next = _database.Open(ownsEverything: false);
    }

    public async ValueTask DisposeAsync()
    {
        await _former.DisposeAsync();
        await _next.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task It_reads_what_the_new_owner_stored_and_not_what_it_has_in_memory()
    {
        var old = new TestConversation(_former, "c1");
        await old.Open().Outcome;
        await old.Say("old", "e1").Outcome;
        _next.TakeOver([Shards.Of("c1")]);
        var owner = TestConversation.Load(_next, "c1");
        await owner.Say("new", "e2").Outcome;
        Assert.Equal(["e1"], _former.Read("c1", 0, 10, 1 << 20).Select(m => m.EventId)); // nobody has told it

        Volatile.Write(ref _isHeld, false);
        Assert.Equal(["e1", "e2"], _former.Read("c1", 0, 10, 1 << 20).Select(m => m.EventId));
        Facts.Same(owner.State, _former.Load("c1"));
        await _next.SettleAsync();
        Assert.Equal(["e1", "e2"], _former.Read("c1", 0, 10, 1 << 20).Select(m => m.EventId));
        var listed = Assert.Single(_former.Query(new ConversationQuery(owner.State!.AccountId)));
        Assert.Equal(owner.State.Version, listed.Version);
    }

    [Fact]
    public async Task It_takes_no_entries_until_it_has_taken_the_shards_again()
    {
        var old = new TestConversation(_former, "c1");
        await old.Open().Outcome;
        Volatile.Write(ref _isHeld, false);
        Assert.Equal(Outcome.Moved, await old.Say("too late", "e1").Outcome);
        Assert.Empty(_former.OwnedShards);

        _former.Release(Enumerable.Range(0, Shards.Count));
        Volatile.Write(ref _isHeld, true);
        Assert.Empty(_former.OwnedShards);
        Assert.Equal([Shards.Of("c1")], _former.TakeOver(new Dictionary<int, long> { [Shards.Of("c1")] = 1 }));
        Assert.Equal(Outcome.Committed, await TestConversation.Load(_former, "c1").Say("again", "e2").Outcome);
    }

    [Fact]
    public async Task Of_nodes_that_find_a_shard_without_owner_at_the_same_time_one_takes_it()
    {
        await using var third = _database.Open(ownsEverything: false);
        var seen = new Dictionary<int, long> { [7] = 1, [8] = 1, [9] = 0 };
        var taken = await Task.WhenAll(new[] { _next, third }.Select(journal => Task.Run(() => journal.TakeOver(seen))));
        Assert.Equal([7, 8], taken.SelectMany(t => t).Order());
        Assert.Equal("2,2,1", _database.Run("SELECT string_agg(epoch::text, ',' ORDER BY id) FROM shard WHERE id IN (7, 8, 9)"));
        Assert.Equal([7, 8], _next.OwnedShards.Concat(third.OwnedShards).Order());
        Assert.Empty(_next.TakeOver(seen));
    }
}
