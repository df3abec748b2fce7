using Microsoft.Extensions.Time.Testing;
using Parley.Journal.Sqlite;
using Parley.Journal.Tests.Faults;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests.Sqlite;

/// <summary>The process dies, or the power fails, between every two steps on the files.</summary>
public sealed class CrashTests
{
    public CrashTests() => FaultVfs.Register();

    [Fact]
    public async Task Between_every_two_steps_the_files_hold_everything_acknowledged_once()
    {
        using var snapshots = new TemporaryFolder();
        var acknowledged = await Play(snapshots.Path, onlyWhatWasSynced: false);
        await CheckEach(snapshots.Path, acknowledged);
    }

    [Fact]
    public async Task Between_every_two_steps_what_was_synced_holds_everything_acknowledged_once()
    {
        using var snapshots = new TemporaryFolder();
        var acknowledged = await Play(snapshots.Path, onlyWhatWasSynced: true);
        await CheckEach(snapshots.Path, acknowledged);
    }

    [Fact]
    public async Task A_crash_during_recovery_changes_nothing()
    {
        using var folder = new FaultyFolder();
        using var first = new TemporaryFolder();
        using var second = new FaultyFolder();
        await using var journal = Open(folder.Path);
        var script = new Script(journal, new FakeTimeProvider());
        await script.Play();
        folder.CopyTo(second.Path);

        for (var crash = 0; crash < 3; crash++)
        {
            await using var recovered = Open(second.Path);
            Script.Check(recovered, script.Acknowledged);
            second.CopyTo(first.Path);
            await using var again = Open(first.Path);
            Script.Check(again, script.Acknowledged);
            foreach (var file in Directory.GetFiles(first.Path)) File.Delete(file);
        }
    }

    private static SqliteJournal Open(string folder) =>
        new(new SqliteJournalOptions(folder) { Vfs = FaultVfs.Name, Time = new FakeTimeProvider(), CheckpointPages = 5 });

    // Numbered folders, each with what a crash before that step leaves.
    private static async Task<List<string[]>> Play(string snapshots, bool onlyWhatWasSynced)
    {
        using var folder = new FaultyFolder();
        using var synced = new TemporaryFolder();
        var acknowledged = new List<string[]>();
        Script? script = null;
        folder.Before = operation =>
        {
            var snapshot = Directory.CreateDirectory(Path.Combine(snapshots, $"{acknowledged.Count}")).FullName;
            acknowledged.Add(Volatile.Read(ref script)?.Acknowledged ?? []);
            if (!onlyWhatWasSynced) folder.CopyTo(snapshot);
            else foreach (var file in Directory.GetFiles(synced.Path)) File.Copy(file, Path.Combine(snapshot, Path.GetFileName(file)));
            return Fault.None;
        };
        folder.After = operation =>
        {
            if (operation.Action == FileAction.Sync) File.Copy(Path.Combine(folder.Path, operation.File), Path.Combine(synced.Path, operation.File), overwrite: true);
            if (operation.Action == FileAction.Delete) File.Delete(Path.Combine(synced.Path, operation.File));
        };
        await using (var journal = Open(folder.Path))
        {
            Volatile.Write(ref script, new Script(journal, new FakeTimeProvider()));
            await script.Play();
        }

        return acknowledged;
    }

    private static async Task CheckEach(string snapshots, List<string[]> acknowledged)
    {
        Assert.True(acknowledged.Count > 100, "The script has too few steps to prove anything.");
        foreach (var number in Sampling.Numbers(acknowledged.Count, 150))
        {
            var n = number - 1;
            var steps = Path.Combine(snapshots, $"{n}");
            try
            {
                await using (var journal = Open(steps)) Script.Check(journal, acknowledged[n]);
                await using var again = Open(steps);
                Script.Check(again, acknowledged[n]);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"A crash before step {n + 1}, {acknowledged[n].Length} acknowledged.", e);
            }
        }
    }
}
