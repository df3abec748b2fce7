using Npgsql;
using Parley.Journal.Postgres;
using Parley.Journal.Postgres.Sharding;
using Parley.Journal.Tests.Postgres.Support;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests.Postgres;

/// <summary>What is answered, and what health says, while the database is away or answers get lost.</summary>
public sealed class OutageTests : IAsyncDisposable
{
    private readonly TestDatabase _database = new();
    private readonly Proxy _proxy;
    private readonly NpgsqlDataSource _source;
    private readonly PostgresJournal _journal;

    public OutageTests()
    {
        _proxy = new Proxy(_database);
        _source = ParleyDatabase.Open(_proxy.ConnectionString);
        _journal = _database.Open(through: _source);
    }

    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        await _source.DisposeAsync();
        await _proxy.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task While_the_database_is_away_appends_are_refused_and_they_go_on_when_it_returns()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed.");
        using var server = new PostgresServer();
        var database = new TestDatabase(server);
        await using var journal = database.Open();
        var conversation = new TestConversation(journal, "c1");
        await conversation.Open().Outcome;
        await journal.SettleAsync();
        server.Stop();
        Assert.Equal(Outcome.Undecided, await conversation.Say("on a connection that broke").Outcome);
        Assert.Throws<JournalUnavailableException>(() => journal.Load("c1"));
        Assert.Equal(Outcome.Refused, await new TestConversation(journal, "c2").Open().Outcome);
        Assert.False(journal.Health.Writable);
        await GoRound(journal, database);
        Assert.False(journal.Health.Writable);

        server.Start();
        await GoRound(journal, database);
        Assert.Equal(new JournalHealth(true, null, 0), journal.Health);
        Assert.Equal(Outcome.Committed, await TestConversation.Load(journal, "c1").Say("again").Outcome);
        Assert.Single(journal.Read("c1", 0, 10, 1 << 20));
        await journal.SettleAsync();
        await database.Source.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_group_of_unknown_outcome_stops_reads_and_writes_until_the_database_says_what_became_of_it(bool isStored)
    {
        var conversation = new TestConversation(_journal, "c1");
        await conversation.Open().Outcome;
        _proxy.Lose(new Loss(isStored ? Lost.Reply : Lost.Request, "INSERT INTO journal"));

        Assert.Equal(Outcome.Undecided, await conversation.Say("perhaps", "e1").Outcome);
        Assert.True(conversation.IsAbandoned);
        Assert.False(_journal.Health.Writable);
        Assert.Throws<JournalUnavailableException>(() => _journal.Load("c1"));
        Assert.Throws<JournalUnavailableException>(() => _journal.Read("c1", 0, 10, 1000));
        Assert.Throws<JournalUnavailableException>(() => _journal.FindByEventId("c1", "consumer-1", "e1"));
        Assert.Throws<JournalUnavailableException>(() => _journal.Query(new ConversationQuery("account-1")));
        Assert.Equal(Outcome.Refused, await new TestConversation(_journal, "c2").Open().Outcome);

        _proxy.Mend();
        await GoRound(_journal, _database);
        Assert.True(_journal.Health.Writable);
        Assert.Equal(isStored, _journal.FindByEventId("c1", "consumer-1", "e1") is not null);
        Assert.Equal(Outcome.Committed, await TestConversation.Load(_journal, "c1").Say("surely", "e2").Outcome);
        Assert.Equal(isStored ? ["e1", "e2"] : ["e2"], _journal.Read("c1", 0, 10, 1000).Select(m => m.EventId));
        await _journal.SettleAsync();
        Assert.Equal(isStored ? ["e1", "e2"] : ["e2"], _journal.Read("c1", 0, 10, 1000).Select(m => m.EventId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_became_of_a_group_is_found_out_at_once_if_the_database_can_be_asked(bool isStored)
    {
        var conversation = new TestConversation(_journal, "c1");
        await conversation.Open().Outcome;
        _proxy.Lose(new Loss(isStored ? Lost.Reply : Lost.Request, "INSERT INTO journal") { IsOnce = true });

        Assert.Equal(isStored ? Outcome.Committed : Outcome.Refused, await conversation.Say("perhaps", "e1").Outcome);
        Assert.Equal(isStored ? 1 : 0, _journal.Read("c1", 0, 10, 1000).Count);
    }

    // What was refused may be repeated, or left: if the first request came after all, there would be two, or one nobody knows of.
    [Fact]
    public async Task A_request_that_was_given_up_cannot_arrive_later()
    {
        var conversation = new TestConversation(_journal, "c1");
        await conversation.Open().Outcome;
        _proxy.Lose(new Loss(Lost.Held, "INSERT INTO journal") { IsOnce = true });
        Assert.Equal(Outcome.Refused, await conversation.Say("first", "e1").Outcome);
        await _proxy.DeliverHeld();

        Assert.Equal(Outcome.Committed, await TestConversation.Load(_journal, "c1").Say("second", "e2").Outcome);
        await using var other = _database.Open();
        Assert.Equal(["e2"], other.Read("c1", 0, 10, 1000).Select(m => m.EventId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_became_of_a_group_is_known_even_if_another_node_has_taken_the_shard(bool isStored)
    {
        var conversation = new TestConversation(_journal, "c1");
        await conversation.Open().Outcome;
        _proxy.Lose(new Loss(isStored ? Lost.Reply : Lost.Request, "INSERT INTO journal"));
        Assert.Equal(Outcome.Undecided, await conversation.Say("perhaps", "e1").Outcome);
        await using var other = _database.Open(ownsEverything: false);
        other.TakeOver([Shards.Of("c1")]);
        await TestConversation.Load(other, "c1").Say("owner", "e2").Outcome;

        _proxy.Mend();
        await GoRound(_journal, _database);
        Assert.DoesNotContain(Shards.Of("c1"), _journal.OwnedShards);
        foreach (var node in (PostgresJournal[])[_journal, other])
            Assert.Equal(isStored ? ["e1", "e2"] : ["e2"], node.Read("c1", 0, 10, 1000).Select(m => m.EventId));
    }

    [Fact]
    public async Task A_settling_that_fails_is_tried_again_and_loses_nothing()
    {
        var conversation = new TestConversation(_journal, "c1");
        conversation.Open();
        await conversation.Say("kept", "e1").Outcome;
        _database.FailNext("message");
        await Assert.ThrowsAnyAsync<NpgsqlException>(_journal.SettleAsync);
        Assert.Contains("no room", _journal.Health.Reason!, StringComparison.Ordinal);
        Assert.Single(_journal.Read("c1", 0, 10, 1000));

        await _journal.SettleAsync();
        Assert.Equal(new JournalHealth(true, null, 0), _journal.Health);
        Facts.Same(conversation.State, _journal.Load("c1"));
        Assert.Single(_journal.Read("c1", 0, 10, 1000));
    }

    [Fact]
    public async Task A_settling_whose_answer_was_lost_is_not_done_twice()
    {
        var conversation = new TestConversation(_journal, "c1");
        conversation.Open();
        await conversation.Say("once", "e1").Outcome;
        _proxy.Lose(new Loss(Lost.Reply, "COMMIT"));
        await Assert.ThrowsAnyAsync<NpgsqlException>(_journal.SettleAsync);
        _proxy.Mend();
        await _journal.SettleAsync();
        Assert.Equal(0, _journal.Health.UnsettledBytes);
        Assert.Equal(["e1"], _journal.Read("c1", 0, 10, 1000).Select(m => m.EventId));
    }

    private static async Task GoRound(PostgresJournal journal, TestDatabase database)
    {
        database.Time.Advance(TimeSpan.FromSeconds(1));
        for (var round = 0; round < 2; round++)
        {
            var entry = new TestEntry(null, null);
            journal.Append(entry);
            await entry.Outcome;
        }
    }
}
