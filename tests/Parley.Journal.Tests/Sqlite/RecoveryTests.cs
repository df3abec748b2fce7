using Microsoft.Extensions.Time.Testing;
using Parley.Conversations;
using Parley.Journal.Sqlite;
using Parley.Journal.Tests.Faults;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests.Sqlite;

public sealed class RecoveryTests : IDisposable
{
    private readonly FaultyFolder _folder = new();
    private readonly TemporaryFolder _copy = new();

    public RecoveryTests() => FaultVfs.Register();

    private string JournalPath => Path.Combine(_copy.Path, "journal.db");

    public void Dispose()
    {
        _folder.Dispose();
        _copy.Dispose();
    }

    [Fact]
    public async Task What_was_not_settled_comes_back_with_its_state_and_its_event_ids()
    {
        var state = await LeaveBehind(settled: 3, unsettled: 4);
        await using var journal = Open(_copy.Path);

        Facts.Same(state, journal.Load("c1"));
        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"e{i}"), journal.Read("c1", 0, 100, 1 << 20).Select(m => m.EventId));
        Assert.All(Enumerable.Range(0, 7), i => Assert.Equal(i, journal.FindByEventId("c1", "consumer-1", $"e{i}")?.Sequence));
        Assert.Equal(7, TestConversation.Load(journal, "c1").Say("next").Message!.Sequence);
    }

    /// <summary>The bug: it waited for the interval, and a server killed sooner, again and again, started with an ever longer tail.</summary>
    [Fact]
    public async Task What_is_recovered_is_settled_before_any_time_passes()
    {
        await LeaveBehind(settled: 3, unsettled: 4);
        await using var journal = Open(_copy.Path);
        Assert.True(SpinWait.SpinUntil(() => journal.Health.UnsettledBytes == 0, TimeSpan.FromSeconds(30)));
        Assert.Equal(7, journal.Read("c1", 0, 100, 1 << 20).Count);
    }

    [Fact]
    public async Task An_orderly_end_leaves_everything_settled_and_no_log_behind()
    {
        await using (var journal = Open(_copy.Path))
        {
            var conversation = new TestConversation(journal, "c1");
            conversation.Open();
            for (var i = 0; i < 200; i++) await conversation.Say($"{i}").Outcome;
        }

        Assert.Equal(["journal.db", "messages.db"], Directory.GetFiles(_copy.Path).Select(Path.GetFileName).Order());
        using (var file = new Database(JournalPath, null, 1024, 0)) Assert.Equal(0, file.Execute("SELECT COUNT(*) FROM journal"));
        await using var reopened = Open(_copy.Path);
        Assert.Equal(0, reopened.Health.UnsettledBytes);
        Assert.Equal(200, reopened.Read("c1", 0, 1000, 1 << 20).Count);
    }

    [Fact]
    public async Task Groups_keep_their_order_across_restarts()
    {
        for (var start = 0; start < 5; start++)
        {
            await using var journal = Open(_copy.Path);
            var conversation = start == 0 ? new TestConversation(journal, "c1") : TestConversation.Load(journal, "c1");
            if (start == 0) conversation.Open();
            for (var i = 0; i < 10; i++) await conversation.Say("x").Outcome;
            Assert.Equal(10 * (start + 1), journal.Read("c1", 0, 1000, 1 << 20).Count);
        }
    }

    [Fact]
    public async Task Settled_groups_leave_the_journal_a_few_at_a_time()
    {
        await using var journal = Open(_copy.Path);
        var conversation = new TestConversation(journal, "c1");
        conversation.Open();
        for (var i = 0; i < 200; i++) await conversation.Say("x").Outcome;
        using var file = new Database(JournalPath, null, 1024, 0);
        var before = file.Execute("SELECT COUNT(*) FROM journal");
        await journal.SettleAsync();
        await conversation.Say("x").Outcome;
        var after = file.Execute("SELECT COUNT(*) FROM journal");
        Assert.InRange(before - after, 1, 64);
        for (var i = 0; i < 5; i++) await conversation.Say("x").Outcome;
        Assert.InRange(file.Execute("SELECT COUNT(*) FROM journal"), 1, 10);
    }

    [Fact]
    public async Task A_damaged_group_is_refused_with_the_file_and_the_group()
    {
        await LeaveBehind(settled: 0, unsettled: 3);
        Damage("UPDATE journal SET block = CAST(substr(block, 1, 60) || x'00' || substr(block, 62) AS BLOB) WHERE id = 2");

        var corrupt = Assert.Throws<JournalCorruptException>(() => Open(_copy.Path));
        Assert.Equal((JournalPath, 2), (corrupt.File, corrupt.Group));
        Assert.Contains("checksum", corrupt.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_in_the_wrong_place_is_refused()
    {
        await LeaveBehind(settled: 0, unsettled: 3);
        Damage("UPDATE journal SET id = 9 WHERE id = 4");
        Assert.Equal(9, Assert.Throws<JournalCorruptException>(() => Open(_copy.Path)).Group);
    }

    [Fact]
    public async Task A_lost_group_is_noticed_with_the_conversation_that_misses_it()
    {
        await LeaveBehind(settled: 0, unsettled: 3);
        Damage("DELETE FROM journal WHERE id = 2");
        Assert.Equal("c1", Assert.Throws<JournalCorruptException>(() => Open(_copy.Path)).ConversationId);
    }

    [Theory]
    [InlineData("journal.db")]
    [InlineData("messages.db")]
    public async Task A_folder_of_a_newer_program_is_left_alone(string file)
    {
        await Open(_copy.Path).DisposeAsync();
        using (var database = new Database(Path.Combine(_copy.Path, file), null, 1024, 0))
        {
            database.Execute("PRAGMA user_version=99");
            database.CheckpointTruncate();
        }

        var refused = Assert.Throws<NewerSchemaException>(() => Open(_copy.Path));
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
        Assert.Contains("99", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_an_older_version_is_brought_forward_step_by_step_and_once()
    {
        using var database = new Database(JournalPath, null, 1024, 0);
        Schema.Upgrade(database, Schema.Journal);
        string[] later = [.. Schema.Journal, "CREATE TABLE second(x); INSERT INTO second VALUES(1)", "UPDATE second SET x = x + 1"];
        Schema.Upgrade(database, later);
        Schema.Upgrade(database, later);
        Assert.Equal(2, database.Execute("SELECT x FROM second"));
        Assert.Equal(Schema.Journal.Length + 2, database.Execute("PRAGMA user_version"));
    }

    [Fact]
    public void A_step_that_fails_leaves_the_version_before_it()
    {
        using var database = new Database(JournalPath, null, 1024, 0);
        Schema.Upgrade(database, Schema.Journal);
        Assert.Throws<SqliteFailureException>(() => Schema.Upgrade(database, [.. Schema.Journal, "CREATE TABLE half(x); SELECT nonsense"]));
        Assert.Equal(Schema.Journal.Length, database.Execute("PRAGMA user_version"));
        Assert.Equal(0, database.Execute("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'half'"));
    }

    private static SqliteJournal Open(string folder) => new(new SqliteJournalOptions(folder) { Vfs = FaultVfs.Name, Time = new FakeTimeProvider() });

    // The files of a process that died; group 1 opens conversation c1, each message is a group.
    private async Task<Conversation?> LeaveBehind(int settled, int unsettled)
    {
        await using var journal = Open(_folder.Path);
        var conversation = new TestConversation(journal, "c1");
        await conversation.Open().Outcome;
        for (var i = 0; i < settled + unsettled; i++)
        {
            if (i == settled && settled > 0) await journal.SettleAsync();
            await conversation.Say($"{i}", $"e{i}").Outcome;
        }

        _folder.CopyTo(_copy.Path);
        return conversation.State;
    }

    private void Damage(string sql)
    {
        using var database = new Database(JournalPath, null, 1024, 0);
        database.Execute(sql);
    }
}
