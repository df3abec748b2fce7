using Parley.Journal.Postgres;
using Parley.Journal.Postgres.Migrating;
using Parley.Journal.Postgres.Sharding;
using Parley.Journal.Tests.Postgres.Support;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests.Postgres;

public sealed class StoredFormTests : IAsyncDisposable
{
    private readonly TestDatabase _database = new();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Nodes_that_start_together_make_the_tables_once()
    {
        var nodes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _database.Open(ownsEverything: false))));
        foreach (var node in nodes) await node.DisposeAsync();
        Assert.Equal((long)Shards.Count, _database.Run("SELECT count(*) FROM shard"));
    }

    [Fact]
    public async Task Tables_of_a_newer_program_are_left_alone_if_it_says_that_this_one_cannot_use_them()
    {
        await _database.Open().DisposeAsync();
        _database.Run("UPDATE parley_schema SET version = 1000");
        await _database.Open().DisposeAsync();
        _database.Run("UPDATE parley_schema SET oldest = 1000");
        Assert.Throws<NewerSchemaException>(() => _database.Open());
    }

    [Fact]
    public void A_step_that_fails_is_not_half_done_and_runs_again()
    {
        const string first = "CREATE TABLE first(x int)";
        Assert.Throws<JournalUnavailableException>(() => Migrations.Apply(_database.Source, "part", [first, "CREATE TABLE second(x int); SELECT 1 / 0"]));
        Migrations.Apply(_database.Source, "part", [first, "CREATE TABLE second(x int)"]);
        Migrations.Apply(_database.Source, "part", [first, "CREATE TABLE second(x int)"]);
        Assert.Equal(2, _database.Run("SELECT version FROM parley_schema WHERE part = 'part'"));
    }

    // PostgreSQL keeps no U+0000: one such id would have stopped the settling of its shard for ever.
    [Theory]
    [InlineData("\0")]
    [InlineData("a\\b\0c")]
    [InlineData("\\0000")]
    [InlineData("näïve 🙂 '; --")]
    public async Task Whatever_clients_put_into_ids_is_settled_and_found(string id)
    {
        await using var journal = _database.Open();
        var conversation = new TestConversation(journal, "c1") { ConsumerId = id };
        conversation.Open();
        await conversation.Say("hostile", id).Outcome;
        await journal.SettleAsync();

        Assert.Equal(id, journal.FindByEventId("c1", id, id)?.EventId);
        Assert.Single(journal.Query(new ConversationQuery("account-1") { ConsumerId = id }));
        Assert.Null(journal.FindByEventId("c1", id, id + "\0"));
        Assert.Null(journal.FindByEventId("c1", id, "\\0000\\0000"));
    }

    [Fact]
    public async Task A_damaged_block_and_a_missing_one_are_told_and_not_skipped()
    {
        var journal = _database.Open();
        var conversation = new TestConversation(journal, "c1");
        await conversation.Open().Outcome;
        await conversation.Say("second block").Outcome;
        _database.Run("UPDATE journal SET block = set_byte(block, 30, get_byte(block, 30) # 1) WHERE shard_offset = 2");
        var damaged = Assert.Throws<JournalCorruptException>(() => _database.Open());
        Assert.Contains($"shard {Shards.Of("c1")}", damaged.Message, StringComparison.Ordinal);
        Assert.Equal(2, damaged.Group);

        _database.Run("DELETE FROM journal WHERE shard_offset = 1");
        Assert.Throws<JournalCorruptException>(() => _database.Open());
        await journal.DisposeAsync();
    }

    // Once, nothing at all could be taken over beside it.
    [Fact]
    public async Task A_damaged_block_keeps_no_other_shard_from_being_taken_over()
    {
        var damaged = Shards.Of("c1");
        await using var former = _database.Open();
        foreach (var id in (string[])["c1", "c2"]) await new TestConversation(former, id).Open().Outcome;
        _database.Run($"UPDATE journal SET block = set_byte(block, 30, get_byte(block, 30) # 1) WHERE shard = {damaged}");
        await using var next = _database.Open(ownsEverything: false);

        var told = Assert.Throws<JournalCorruptException>(() => next.TakeOver(Enumerable.Range(0, Shards.Count)));
        Assert.Contains($"shard {damaged}", told.Message, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, Shards.Count).Where(shard => shard != damaged), next.OwnedShards);
        Assert.NotNull(next.Load("c2"));
    }

    // The number and the hash of the shards are part of what is stored: another value finds nothing any more.
    [Theory]
    [InlineData("c1", 255)]
    [InlineData("", 0)]
    [InlineData("01890a5d-ac96-774b-bcce-b302099a8057", 228)]
    public void A_conversation_keeps_its_shard(string id, int shard) => Assert.Equal(shard, Shards.Of(id));

    [Fact]
    public void Commits_are_synced_and_see_what_was_committed_whatever_the_database_has_for_a_default()
    {
        _database.Run($"ALTER DATABASE {_database.Name} SET synchronous_commit = off");
        _database.Run($"ALTER DATABASE {_database.Name} SET default_transaction_isolation = 'repeatable read'");
        using var source = ParleyDatabase.Open(_database.ConnectionString);
        using var command = source.CreateCommand("SELECT current_setting('synchronous_commit') || ', ' || current_setting('transaction_isolation')");
        Assert.Equal("on, read committed", command.ExecuteScalar());
    }
}
