using Microsoft.Extensions.Time.Testing;
using Parley.Journal;
using Parley.Journal.Sqlite;
using Parley.Journal.Tests.Support;
using Parley.Server.Files;
using Parley.Server.Hosting;

namespace Parley.Cluster.Tests.Moving;

/// <summary>A data folder as a server that was killed leaves it: conversations of several kinds, settled and not, files, and rows in every table.</summary>
internal sealed class TestFolder : IDisposable
{
    public const int Conversations = 12;

    private TestFolder(string path) => Folder = DataFolder.Open(path);

    public DataFolder Folder { get; }

    public static TestFolder Empty() => new(Path.Combine(Directory.CreateTempSubdirectory("parley-moving-").FullName, "data"));

    public static async Task<TestFolder> MakeAsync()
    {
        var (running, killed) = (Empty(), Empty());
        await using (var journal = new SqliteJournal(new SqliteJournalOptions(running.Folder.Path) { Time = new FakeTimeProvider() }))
        {
            await TalkAsync(journal, 0);
            await journal.SettleAsync();
            await TalkAsync(journal, Conversations / 2);
            await Said(Continue(journal, 2).Say("not settled", "late"));

            // As it stands on the disk now.
            foreach (var file in Directory.EnumerateFiles(running.Folder.Path)) File.Copy(file, Path.Combine(killed.Folder.Path, Path.GetFileName(file)));
        }

        OddRows.Fill(killed.Folder);
        var files = new FolderFileStore(killed.Folder.Files);
        for (var i = 0; i < OddRows.Count - 1; i++) await files.PutAsync(OddRows.Path(i), new MemoryStream(Content(i)), long.MaxValue, CancellationToken.None);
        running.Dispose();
        return killed;
    }

    public static string Id(int number) => $"00000000-0000-0000-0000-{number:x12}";

    /// <summary>Goes on with a conversation.</summary>
    public static TestConversation Continue(IJournal journal, int number)
    {
        var state = journal.Load(Id(number))!;
        return new TestConversation(journal, state.Id, state) { ConsumerId = state.ConsumerId };
    }

    /// <summary>Files of no bytes, and of more than one piece.</summary>
    public static byte[] Content(int file) => [.. Enumerable.Range(0, file * 300_000).Select(i => (byte)i)];

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Folder.Path)!, recursive: true);

    private static async Task TalkAsync(SqliteJournal journal, int from)
    {
        for (var number = from; number < from + (Conversations / 2); number++)
        {
            var conversation = new TestConversation(journal, Id(number)) { ConsumerId = $"consumer \\ 🙂 {number % 3}" };
            await Said(conversation.Open());
            for (var i = 0; i <= number * 5; i++) await Said(conversation.Say(new string('x', i * 40), i % 2 == 0 ? $"event \\ 🙂 {i}" : null));
            await Said(conversation.Whisper("private"));
            if (number % 3 == 0) await Said(conversation.HandTo("agent-2"));
            if (number % 4 == 0) await Said(conversation.Close());
        }
    }

    private static async Task Said(TestEntry entry) => Assert.Equal(Outcome.Committed, await entry.Outcome);
}
