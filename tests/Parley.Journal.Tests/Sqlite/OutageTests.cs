using Microsoft.Extensions.Time.Testing;
using Parley.Conversations;
using Parley.Journal.Sqlite;
using Parley.Journal.Tests.Faults;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests.Sqlite;

/// <summary>What is answered, and what health says, while files cannot be written and when they can again.</summary>
public sealed class OutageTests : IAsyncDisposable
{
    private readonly FaultyFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly SqliteJournal _journal;

    public OutageTests()
    {
        FaultVfs.Register();
        _journal = new SqliteJournal(new SqliteJournalOptions(_folder.Path) { Vfs = FaultVfs.Name, Time = _time, TailBytes = 20_000, CheckpointPages = 5 });
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Before = null;
        await _journal.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_full_disk_refuses_and_an_idle_journal_finds_out_by_itself_that_space_has_returned()
    {
        var conversation = new TestConversation(_journal, "c1");
        await conversation.Open().Outcome;
        _folder.Before = o => o.Action == FileAction.Write ? Fault.Full : Fault.None;
        Assert.Equal(Outcome.Refused, await conversation.Say("no room").Outcome);
        Assert.Equal((false, true), (_journal.Health.Writable, _journal.Health.Reason!.Contains("full", StringComparison.Ordinal)));
        Assert.NotNull(_journal.Load("c1"));

        await GoRound();
        Assert.False(_journal.Health.Writable);

        _folder.Before = null;
        await GoRound();
        Assert.Equal(new JournalHealth(true, null, _journal.Health.UnsettledBytes), _journal.Health);
        Assert.Equal(Outcome.Committed, await TestConversation.Load(_journal, "c1").Say("room").Outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_undecided_group_stops_reads_and_writes_until_the_file_says_what_became_of_it(bool isStored)
    {
        var conversation = new TestConversation(_journal, "c1");
        await conversation.Open().Outcome;
        // The commit arrives in the log or does not, and nobody can open the file to look.
        _folder.Before = o =>
            o.File.StartsWith("journal.db", StringComparison.Ordinal) && (o.Action != FileAction.Write || !isStored) ? Fault.Error : Fault.None;

        Assert.Equal(Outcome.Undecided, await conversation.Say("perhaps", "e1").Outcome);
        Assert.True(conversation.IsAbandoned);
        Assert.False(_journal.Health.Writable);
        Assert.Throws<JournalUnavailableException>(() => _journal.Load("c1"));
        Assert.Throws<JournalUnavailableException>(() => _journal.Read("c1", 0, 10, 1000));
        Assert.Throws<JournalUnavailableException>(() => _journal.FindByEventId("c1", "consumer-1", "e1"));
        Assert.Throws<JournalUnavailableException>(() => _journal.Query(new ConversationQuery("account-1")));
        var meanwhile = new TestConversation(_journal, "c2");
        Assert.Equal(Outcome.Refused, await meanwhile.Open().Outcome);
        Assert.True(meanwhile.IsAbandoned);

        _folder.Before = null;
        await GoRound();
        Assert.True(_journal.Health.Writable);
        Assert.Equal(isStored ? 1 : 0, _journal.Read("c1", 0, 10, 1000).Count);
        Assert.Equal(isStored, _journal.FindByEventId("c1", "consumer-1", "e1") is not null);
        Assert.Equal(Outcome.Committed, await TestConversation.Load(_journal, "c1").Say("surely", "e2").Outcome);
        Assert.Equal(isStored ? ["e1", "e2"] : ["e2"], _journal.Read("c1", 0, 10, 1000).Select(m => m.EventId));
    }

    [Fact]
    public async Task Everything_queued_by_the_owners_of_a_failed_group_is_refused_and_the_others_go_on()
    {
        var failing = new TestConversation(_journal, "c1");
        var other = new TestConversation(_journal, "c2");
        await failing.Open().Outcome;
        await other.Open().Outcome;
        TestEntry? refused = null, behind = null, waiting = null, ofTheOther = null;
        using var appended = new ManualResetEventSlim();
        var isDue = true;
        _folder.Before = o =>
        {
            if (!isDue || o is not { File: "journal.db-wal", Action: FileAction.Write }) return Fault.None;
            isDue = false;
            behind = failing.Say("2");
            ofTheOther = other.Say("3");
            waiting = failing.Wait();
            appended.Set();
            return Fault.Error;
        };
        refused = failing.Say("1");
        appended.Wait(TimeSpan.FromSeconds(30));

        Assert.Equal(Outcome.Refused, await refused.Outcome);
        Assert.Equal(Outcome.Refused, await behind!.Outcome);
        Assert.Equal(Outcome.Refused, await waiting!.Outcome);
        Assert.Equal(Outcome.Committed, await ofTheOther!.Outcome);
        Assert.Equal((true, false), (failing.IsAbandoned, other.IsAbandoned));
    }

    [Fact]
    public async Task While_settling_fails_events_are_taken_until_the_tail_is_full_and_none_is_lost()
    {
        var conversation = new TestConversation(_journal, "c1");
        await conversation.Open().Outcome;
        _folder.Before = o => o.File.StartsWith("messages.db", StringComparison.Ordinal) ? Fault.Full : Fault.None;
        await Assert.ThrowsAnyAsync<IOException>(_journal.SettleAsync);
        Assert.False(_journal.Health.Writable);

        var kept = 0;
        while (await conversation.Say(new string('x', 1000)).Outcome == Outcome.Committed) kept++;
        Assert.InRange(kept, 10, 20);
        Assert.Equal(kept, _journal.Read("c1", 0, 100, 1 << 20).Count);

        _folder.Before = null;
        await _journal.SettleAsync();
        Assert.Equal(new JournalHealth(true, null, 0), _journal.Health);
        Assert.Equal(Outcome.Committed, await TestConversation.Load(_journal, "c1").Say("again").Outcome);
        Assert.Equal(kept + 1, _journal.Read("c1", 0, 100, 1 << 20).Count);
    }

    [Fact]
    public async Task Publishers_are_slowed_so_that_the_tail_keeps_within_its_bound()
    {
        var worst = 0L;
        var conversations = Enumerable.Range(0, 4).Select(i => new TestConversation(_journal, $"c{i}")).ToList();
        _journal.GroupCompleted += () => worst = Math.Max(worst, _journal.Health.UnsettledBytes);
        await Task.WhenAll(conversations.Select(c => Task.Run(async () =>
        {
            await c.Open().Outcome;
            for (var i = 0; i < 100; i++) Assert.Equal(Outcome.Committed, await c.Say(new string('x', 1000)).Outcome);
        })));

        Assert.InRange(worst, 1, 20_000 + (4 * 2000));
        Assert.All(conversations, c => Assert.Equal(100, _journal.Read(c.Id, 0, 1000, 1 << 20).Count));
    }

    [Fact]
    public async Task A_checkpoint_that_fails_hurts_nobody()
    {
        var attempted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _folder.Before = o =>
        {
            if (o.File != "journal.db") return Fault.None;
            attempted.TrySetResult();
            return Fault.Error;
        };
        var conversation = new TestConversation(_journal, "c1");
        conversation.Open();
        for (var i = 0; i < 50; i++) Assert.Equal(Outcome.Committed, await conversation.Say("x").Outcome);
        Assert.True(_journal.Health.Writable);
        await attempted.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(Outcome.Committed, await conversation.Say("x").Outcome);
    }

    [Fact]
    public async Task What_is_appended_after_the_end_is_refused()
    {
        var conversation = new TestConversation(_journal, "c1");
        await conversation.Open().Outcome;
        await _journal.DisposeAsync();
        Assert.Equal(Outcome.Refused, await conversation.Say("late").Outcome);
    }

    private async Task GoRound()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        for (var round = 0; round < 2; round++)
        {
            var entry = new TestEntry(null, null);
            _journal.Append(entry);
            await entry.Outcome;
        }
    }
}
