using Parley.Journal.Memory;
using Parley.Journal.Sqlite;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests.Sqlite;

public sealed class SeamTests
{
    [Fact]
    public async Task Readers_miss_and_double_nothing_while_events_are_committed_and_settled()
    {
        using var folder = new TemporaryFolder();
        await using var journal = new SqliteJournal(new SqliteJournalOptions(folder.Path) { SettleEvents = 50, CheckpointPages = 20 });
        var count = Sampling.Count(3_000, 50_000);
        var conversation = new TestConversation(journal, "c1");
        await conversation.Open().Outcome;
        long committed = 0;
        using var isOver = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            var reads = 0;
            for (; !isOver.IsCancellationRequested; reads++)
            {
                var known = Volatile.Read(ref committed);
                var from = random.NextInt64(known + 1);
                var events = journal.Read("c1", from, int.MaxValue, int.MaxValue);
                Assert.Equal(Enumerable.Range(0, events.Count).Select(i => from + i), events.Select(e => e.Sequence));
                Assert.True(from + events.Count >= known, $"{known} were committed, {from} + {events.Count} were read.");
                Assert.True(journal.Load("c1")!.Main.NextSequence >= known);
                Assert.True(Assert.Single(journal.Query(new ConversationQuery("account-1"))).Main.NextSequence >= known);
                if (known > 0) Assert.NotNull(journal.FindByEventId("c1", "consumer-1", $"e{random.NextInt64(known)}"));
            }

            return reads;
        })).ToList();

        var settler = Task.Run(async () =>
        {
            while (!isOver.IsCancellationRequested) await journal.SettleAsync();
        });

        for (var i = 0; i < count;)
        {
            TestEntry last;
            var batch = Math.Min(count - i, 1 + (i % 7));
            do last = conversation.Say("x", $"e{i++}");
            while (--batch > 0);
            Assert.Equal(Outcome.Committed, await last.Outcome);
            Volatile.Write(ref committed, i);
        }

        isOver.Cancel();
        await settler;
        Assert.All(await Task.WhenAll(readers), reads => Assert.True(reads > 10));
        Assert.Equal(count, journal.Read("c1", 0, int.MaxValue, int.MaxValue).Count);
    }

    /// <summary>The bug: every piece of a replay unpacked all that the tail had of the dialog, under the lock that commits wait for.</summary>
    [Fact]
    public async Task A_read_of_unsettled_events_unpacks_no_more_than_it_was_asked_for()
    {
        await using var journal = new MemoryJournal();
        var conversation = new TestConversation(journal, "c1");
        conversation.Open();
        for (var i = 0; i < 256; i++) conversation.Say(new string('x', 40_000));
        await conversation.Wait().Outcome;
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal([7, 8], journal.Read("c1", 7, 256, 64 * 1024).Select(m => (int)m.Sequence));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 80_000, 1_000_000);
    }

    // On a busy machine the checkpointing thread could not keep up, and the log grew without end.
    [Fact]
    public async Task The_log_of_the_journal_starts_over_under_constant_load()
    {
        using var folder = new TemporaryFolder();
        await using var journal = new SqliteJournal(new SqliteJournalOptions(folder.Path) { SettleEvents = 500, CheckpointPages = 100 });
        var rounds = Sampling.Count(1_000, 20_000);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            var conversation = new TestConversation(journal, $"c{i}");
            var before = conversation.Open();
            for (var round = 0; round < rounds; round++)
            {
                var next = conversation.Say(new string('x', 1000)); // one is always queued, so that the committer never rests
                await before.Outcome;
                before = next;
            }

            await before.Outcome;
        })));

        // Without starting over, the log would hold at least two pages per group.
        Assert.InRange(new FileInfo(Path.Combine(folder.Path, "journal.db-wal")).Length / 4096, 1, 700);
    }
}
