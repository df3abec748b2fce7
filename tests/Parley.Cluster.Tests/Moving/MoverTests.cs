using System.Security.Cryptography;
using Parley.Cluster.Moving;
using Parley.Cluster.Ownership;
using Parley.Conversations;
using Parley.Journal;
using Parley.Journal.Moving;
using Parley.Journal.Postgres.Migrating;
using Parley.Journal.Sqlite;
using Parley.Journal.Tests.Postgres.Support;
using Parley.Journal.Tests.Support;
using Parley.Server.Files;
using Parley.Server.Identity;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Cluster.Tests.Moving;

public sealed class MoverTests
{
    // Small, so that there are many transactions to be interrupted between.
    private static readonly Batches Small = new(MostRows: 20, MostBytes: 4_000);

    [Fact]
    public async Task What_is_moved_there_and_back_is_what_it_was_wherever_it_is_interrupted()
    {
        using var folder = await TestFolder.MakeAsync();
        await using var database = new TestDatabase();
        using var back = TestFolder.Empty();
        var before = Hashes(folder);

        var there = await InterruptedMoveAsync(() => (new FolderInstallation(folder.Folder.Path), new DatabaseInstallation(database.ConnectionString)));
        Assert.Equal(before, Hashes(folder));
        Assert.Equal(TestFolder.Conversations, there.Parts.Single(part => part.Name == "conversations").Rows);
        Assert.All(MovedTables.Accounts.Concat(MovedTables.Files), table => Assert.InRange(there.Parts.Single(part => part.Name == table).Rows, OddRows.Count, OddRows.Count + 1));
        Assert.Equal([OddRows.Path(2).ToString()], there.MissingFiles);

        var again = await InterruptedMoveAsync(() => (new DatabaseInstallation(database.ConnectionString), new FolderInstallation(back.Folder.Path)));
        Assert.Equal(there.Parts, again.Parts);
        await SameAsync(folder, new SqliteJournal(new SqliteJournalOptions(back.Folder.Path)));
        for (var i = 0; i < OddRows.Count - 1; i++)
        {
            await using var content = await new FolderFileStore(back.Folder.Files).OpenAsync(OddRows.Path(i), CancellationToken.None);
            Assert.Equal(Convert.ToHexString(SHA256.HashData(TestFolder.Content(i))), Convert.ToHexString(await SHA256.HashDataAsync(content!)));
        }
    }

    [Fact]
    public async Task A_database_goes_on_with_what_a_folder_had_and_a_folder_with_what_nodes_left_unsettled()
    {
        using var folder = await TestFolder.MakeAsync();
        await using var database = new TestDatabase();
        await MoveAsync(new FolderInstallation(folder.Folder.Path), new DatabaseInstallation(database.ConnectionString));

        await SameAsync(folder, database.Open());
        var killed = database.Open(); // never closed: nothing of what it says is settled
        var first = TestFolder.Continue(killed, 1);
        await first.Say("more", "more").Outcome;
        await new TestConversation(killed, "new").Open().Outcome;
        Assert.Equal(2L, database.Run("SELECT count(*) FROM journal"));

        using var back = TestFolder.Empty();
        var moved = await MoveAsync(new DatabaseInstallation(database.ConnectionString), new FolderInstallation(back.Folder.Path));
        Assert.Equal(TestFolder.Conversations + 1, moved.Parts.Single(part => part.Name == "conversations").Rows);
        await using var journal = new SqliteJournal(new SqliteJournalOptions(back.Folder.Path));
        Assert.Equal(first.State!.Version, journal.Load(TestFolder.Id(1))!.Version);
        Assert.Equal(first.State.Dialogs[0].NextSequence - 1, journal.FindByEventId(TestFolder.Id(1), first.ConsumerId, "more")!.Sequence);
        Assert.NotNull(journal.Load("new"));
        Assert.Equal(Outcome.Committed, await TestConversation.Load(journal, "new").Say("goes on").Outcome);
    }

    [Fact]
    public async Task What_came_half_is_never_served_and_goes_on_only_with_what_it_began_with()
    {
        using var folder = await TestFolder.MakeAsync();
        await using var database = new TestDatabase();
        using var back = TestFolder.Empty();
        var calls = 0;
        await Assert.ThrowsAsync<Interrupted>(() => MoveAsync(
            new FolderInstallation(folder.Folder.Path), new DatabaseInstallation(database.ConnectionString), _ => { if (++calls == 3) throw new Interrupted(); }));
        Assert.Throws<UnfinishedImportException>(() => database.Open());
        await Assert.ThrowsAsync<UnfinishedImportException>(() => MoveAsync(new DatabaseInstallation(database.ConnectionString), new FolderInstallation(back.Folder.Path)));
        Assert.Contains("--resume", (await RefusedAsync(folder, database)).Message);

        await using (var served = new SqliteJournal(new SqliteJournalOptions(folder.Folder.Path))) await TestFolder.Continue(served, 1).Say("since").Outcome;
        Assert.Contains("served since", (await RefusedAsync(folder, database, resume: true)).Message);
    }

    [Fact]
    public async Task A_half_import_into_a_folder_keeps_servers_out_of_it()
    {
        using var folder = await TestFolder.MakeAsync();
        await using var database = new TestDatabase();
        using var back = TestFolder.Empty();
        await MoveAsync(new FolderInstallation(folder.Folder.Path), new DatabaseInstallation(database.ConnectionString));
        var calls = 0;
        await Assert.ThrowsAsync<Interrupted>(() => MoveAsync(
            new DatabaseInstallation(database.ConnectionString), new FolderInstallation(back.Folder.Path), _ => { if (++calls == 3) throw new Interrupted(); }));
        Assert.Throws<UnfinishedImportException>(() => DataFolderLock.TryAcquire(back.Folder.Path));
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => MoveAsync(new DatabaseInstallation(database.ConnectionString), new FolderInstallation(back.Folder.Path)));
        Assert.Contains("--resume", refusal.Message);
    }

    [Fact]
    public async Task Nothing_is_moved_from_where_it_is_served_nor_to_where_something_is()
    {
        using var folder = await TestFolder.MakeAsync();
        await using var database = new TestDatabase();
        using (DataFolderLock.TryAcquire(folder.Folder.Path)) Assert.Contains("in use", (await RefusedAsync(folder, database)).Message);

        var moved = await MoveAsync(new FolderInstallation(folder.Folder.Path), new DatabaseInstallation(database.ConnectionString));
        Assert.NotEmpty(moved.Parts);
        Assert.Contains("not empty", (await RefusedAsync(folder, database, resume: true)).Message);
        var occupied = await Assert.ThrowsAsync<RefusedException>(() => MoveAsync(new DatabaseInstallation(database.ConnectionString), new FolderInstallation(folder.Folder.Path)));
        Assert.Contains("not empty", occupied.Message);

        Migrations.Apply(database.Source, OwnershipSchema.Part, OwnershipSchema.Steps);
        database.Run("INSERT INTO node VALUES('one', 'nowhere', now() + interval '1 minute')");
        using var back = TestFolder.Empty();
        var served = await Assert.ThrowsAsync<RefusedException>(() => MoveAsync(new DatabaseInstallation(database.ConnectionString), new FolderInstallation(back.Folder.Path)));
        Assert.Contains("stop them first", served.Message);
    }

    [Fact]
    public async Task A_source_that_is_served_meanwhile_is_noticed()
    {
        using var folder = await TestFolder.MakeAsync();
        await using var database = new TestDatabase();
        using var back = TestFolder.Empty();
        await MoveAsync(new FolderInstallation(folder.Folder.Path), new DatabaseInstallation(database.ConnectionString));
        var isServed = false;
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => MoveAsync(
            new DatabaseInstallation(database.ConnectionString), new FolderInstallation(back.Folder.Path), progress =>
            {
                if (isServed || progress.Step != "comparing tables") return;
                isServed = true;
                database.Run("UPDATE shard SET epoch = epoch + 1 WHERE id = 7");
            }));
        Assert.Contains("meanwhile", refusal.Message);
    }

    [Theory]
    [InlineData("UPDATE message SET body = body || '\\x00' WHERE sequence = 3 AND dialog LIKE '%b'", "Dialog")]
    [InlineData("DELETE FROM message WHERE dialog LIKE '%b' AND sequence = (SELECT max(sequence) FROM message m WHERE m.dialog LIKE '%b')", "Dialog")]
    [InlineData("UPDATE message SET event_id = NULL WHERE dialog LIKE '%b'", "ids that publishers gave")]
    [InlineData("DELETE FROM conversation WHERE id LIKE '%5'", "Conversation")]
    [InlineData("DELETE FROM participation WHERE conversation LIKE '%5'", "takes part")]
    [InlineData("UPDATE agents SET full_name = 'x' WHERE login LIKE '1%'", "agents")]
    [InlineData("DELETE FROM revoked_tokens WHERE jti LIKE '1%'", "revoked_tokens")]
    [InlineData("UPDATE file_piece SET content = '\\x00' WHERE number = 1", "File")]
    public async Task What_is_not_the_same_afterwards_is_named_and_not_served(string damage, string named)
    {
        using var folder = await TestFolder.MakeAsync();
        await using var database = new TestDatabase();
        var isDone = false;
        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => MoveAsync(
            new FolderInstallation(folder.Folder.Path), new DatabaseInstallation(database.ConnectionString), progress =>
            {
                // The last thing that is stored: a file of two pieces.
                if (isDone || progress is not { Step: "files", Done: 2 }) return;
                isDone = true;
                database.Run(damage);
            }));
        Assert.True(isDone);
        Assert.Contains(named, failure.Message);
        Assert.Throws<UnfinishedImportException>(() => database.Open());
    }

    private static async Task<MoveReport> MoveAsync(IInstallation source, IInstallation target, Action<MoveProgress>? progress = null, bool resume = false)
    {
        await using (source)
        await using (target) return await new Mover(source, target, Small, progress ?? (_ => { }), CancellationToken.None).RunAsync(resume);
    }

    // Every attempt comes further before it is interrupted.
    private static async Task<MoveReport> InterruptedMoveAsync(Func<(IInstallation Source, IInstallation Target)> places)
    {
        for (var most = 0; ; most += Sampling.Count(5, 1))
        {
            var left = most;
            var (source, target) = places();
            try
            {
                return await MoveAsync(source, target, _ => { if (left-- == 0) throw new Interrupted(); }, resume: true);
            }
            catch (Interrupted)
            {
                Assert.InRange(most, 0, 1_000);
            }
        }
    }

    private static Task<RefusedException> RefusedAsync(TestFolder folder, TestDatabase database, bool resume = false) => Assert.ThrowsAsync<RefusedException>(
        () => MoveAsync(new FolderInstallation(folder.Folder.Path), new DatabaseInstallation(database.ConnectionString), resume: resume));

    private static string Hashes(TestFolder folder) => string.Join('\n', Directory.EnumerateFiles(folder.Folder.Path, "*", SearchOption.AllDirectories)
        .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal) && !file.EndsWith(DataFolderLock.FileName, StringComparison.Ordinal) && new FileInfo(file).Length > 0).Order(StringComparer.Ordinal)
        .Select(file => $"{file} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"));

    // The folder's own journal is opened on a copy: opening it recovers and changes it.
    private static async Task SameAsync(TestFolder folder, IJournal moved)
    {
        using var copy = TestFolder.Empty();
        foreach (var name in (string[])["messages.db", "messages.db-wal", "journal.db", "journal.db-wal"])
            if (File.Exists(Path.Combine(folder.Folder.Path, name))) File.Copy(Path.Combine(folder.Folder.Path, name), Path.Combine(copy.Folder.Path, name));
        await using var original = new SqliteJournal(new SqliteJournalOptions(copy.Folder.Path));
        await using (moved)
        {
            for (var i = 0; i < TestFolder.Conversations; i++)
            {
                var (one, other) = (original.Load(TestFolder.Id(i))!, moved.Load(TestFolder.Id(i))!);
                Assert.Equal(one.Version, other.Version);
                var (events, others) = (original.Read(one.Id, 0, int.MaxValue, int.MaxValue), moved.Read(one.Id, 0, int.MaxValue, int.MaxValue));
                Assert.Equal(Enumerable.Range(0, (int)one.Dialogs[0].NextSequence).Select(n => (long)n), events.Select(e => e.Sequence));
                Assert.Equal(events.Select(e => (e.Sequence, e.EventId, e.Timestamp, Convert.ToHexString(e.Body))), others.Select(e => (e.Sequence, e.EventId, e.Timestamp, Convert.ToHexString(e.Body))));
                foreach (var e in events.Where(e => e.EventId is not null)) Assert.Equal(e.Sequence, moved.FindByEventId(e.DialogId, e.OriginatorId, e.EventId!)!.Sequence);
                Assert.Null(moved.FindByEventId(one.Id, one.ConsumerId, "never said"));
            }

            foreach (var query in (ConversationQuery[])[
                new("account-1"), new("account-1") { Stage = Stage.Close }, new("account-1") { AgentIds = ["agent-2"] }, new("account-1") { ConsumerId = "consumer \\ 🙂 1" }])
            {
                var found = original.Query(query).Select(c => (c.Id, c.Version)).ToHashSet();
                Assert.NotEmpty(found);
                Assert.Equal(found, moved.Query(query).Select(c => (c.Id, c.Version)).ToHashSet());
            }
        }
    }
}
