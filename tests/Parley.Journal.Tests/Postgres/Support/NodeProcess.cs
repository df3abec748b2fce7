using System.Diagnostics;
using System.Runtime.InteropServices;
using Parley.Journal.Postgres;

namespace Parley.Journal.Tests.Postgres.Support;

/// <summary>A node in a process of its own that publishes to conversations and says what was acknowledged.</summary>
internal sealed partial class NodeProcess : IAsyncDisposable
{
    public const string Command = "publish";
    public const int Conversations = 16;
    private const int SigStop = 19, SigCont = 18;

    private readonly Process _process;
    private readonly List<string> _acknowledged = [];
    private readonly Task _reading;

    /// <param name="database">Where it takes all shards over.</param>
    /// <param name="run">Begins every event id.</param>
    public NodeProcess(TestDatabase database, string run)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Command, database.ConnectionString, run]) { RedirectStandardOutput = true };
        _process = Process.Start(start)!;
        _reading = Task.Run(async () =>
        {
            while (await _process.StandardOutput.ReadLineAsync() is { } line)
            {
                lock (_acknowledged) _acknowledged.Add(line);
            }
        });
    }

    public string[] Acknowledged
    {
        get { lock (_acknowledged) return [.. _acknowledged]; }
    }

    /// <summary>What the process does: publishes until its shards are gone.</summary>
    public static async Task<int> Publish(string connectionString, string run)
    {
        await using var source = ParleyDatabase.Open(connectionString);
        await using var journal = new PostgresJournal(new PostgresJournalOptions(source, run) { OwnsEverything = true, SettleInterval = TimeSpan.FromMilliseconds(200) });
        var isLost = new TaskCompletionSource();
        journal.ShardsChanged += _ => isLost.TrySetResult();
        var publishing = new Publishing(run, Conversations, new TestNode(journal)) { Told = Console.WriteLine };
        await isLost.Task;
        await publishing.Stop();
        return 0;
    }

    /// <summary>Returns when so many more were acknowledged.</summary>
    public async Task Progress(int more)
    {
        var waited = Stopwatch.StartNew();
        for (var wanted = Acknowledged.Length + more; Acknowledged.Length < wanted; await Task.Delay(5))
        {
            Assert.False(_process.HasExited, "The node ended.");
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(1), "The node does not get on.");
        }
    }

    /// <summary>Stops the process where it is.</summary>
    public void Pause() => Assert.Equal(0, Kill(_process.Id, SigStop));

    public void Resume() => Assert.Equal(0, Kill(_process.Id, SigCont));

    /// <summary>Waits for the end that the process comes to by itself.</summary>
    public async Task<string[]> End()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await _reading;
        return Acknowledged;
    }

    /// <summary>Kills it, at once and for good.</summary>
    public async Task<string[]> Kill()
    {
        _process.Kill();
        return await End();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await Kill();
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
