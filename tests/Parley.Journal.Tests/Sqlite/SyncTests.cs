using Parley.Journal.Sqlite;
using Parley.Journal.Tests.Faults;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests.Sqlite;

public sealed class SyncTests
{
    [Fact]
    public async Task Every_acknowledgement_follows_a_completed_sync_of_the_last_write_of_its_group()
    {
        FaultVfs.Register();
        using var folder = new FaultyFolder();
        int lastWrite = 0, lastSync = 0, tooEarly = 0, withoutWrite = 0, groups = 0, writeOfLastGroup = 0;
        folder.After = operation =>
        {
            if (operation is { File: "journal.db-wal", Action: FileAction.Write }) Volatile.Write(ref lastWrite, operation.Number);
            if (operation is { File: "journal.db-wal", Action: FileAction.Sync }) Volatile.Write(ref lastSync, operation.Number);
        };
        await using var journal = new SqliteJournal(new SqliteJournalOptions(folder.Path) { Vfs = FaultVfs.Name, CheckpointPages = 50, SettleEvents = 200 });
        journal.GroupCompleted += () =>
        {
            groups++;
            writeOfLastGroup = Volatile.Read(ref lastWrite);
        };
        var conversations = Enumerable.Range(0, 20).Select(i => new TestConversation(journal, $"c{i}")
        {
            Told = (entry, _) =>
            {
                if (entry.Events.Length == 0) return;
                if (Volatile.Read(ref lastWrite) > Volatile.Read(ref lastSync)) tooEarly++;
                if (Volatile.Read(ref lastWrite) <= writeOfLastGroup) withoutWrite++;
            },
        }).ToList();

        var appended = 0;
        await Task.WhenAll(conversations.Select(c => Task.Run(async () =>
        {
            await c.Open().Outcome;
            for (var i = 0; i < 50; i++) await c.Say($"{i}").Outcome;
            Interlocked.Add(ref appended, 51);
        })));

        Assert.Equal((0, 0), (tooEarly, withoutWrite));
        Assert.True(groups < appended, $"{groups} groups for {appended} entries: nothing shared a sync.");
    }
}
