using Microsoft.Extensions.Time.Testing;
using Parley.Journal.Sqlite;
using Parley.Journal.Tests.Faults;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests.Sqlite;

/// <summary>The n-th step on the files fails, for every n of a short script.</summary>
public sealed class FaultTests
{
    private readonly FakeTimeProvider _time = new();

    public FaultTests() => FaultVfs.Register();

    [Theory]
    [InlineData(Fault.Error, 1)]
    [InlineData(Fault.Error, 12)]
    [InlineData(Fault.Full, 1)]
    [InlineData(Fault.Full, 12)]
    [InlineData(Fault.Torn, 1)]
    [InlineData(Fault.ErrorAfterwards, 1)]
    [InlineData(Fault.ErrorAfterwards, 12)]
    internal async Task Whichever_step_fails_nothing_acknowledged_is_lost_nothing_is_doubled_and_service_resumes(Fault fault, int times)
    {
        foreach (var n in Sampling.Numbers(await Steps(), 40)) await PlayWithFault(n, fault, times);
    }

    private async Task<int> Steps()
    {
        using var folder = new FaultyFolder();
        await using (var journal = Open(folder)) await new Script(journal, _time).Play();
        return folder.Operations.Count;
    }

    private async Task PlayWithFault(int n, Fault fault, int times)
    {
        using var folder = new FaultyFolder();
        folder.Before = operation => operation.Number >= n && operation.Number < n + times ? fault : Fault.None;
        Script script;
        try
        {
            await using (var journal = OpenStubbornly(folder))
            {
                script = new Script(journal, _time);
                await script.Play();
                Script.Check(journal, script.Acknowledged);
                await script.Settle();
                await script.GoRoundAfterRetry();
                Script.Check(journal, script.Acknowledged);
                Assert.Equal(new JournalHealth(true, null, 0), journal.Health);
            }

            folder.Before = null;
            await using var reopened = Open(folder);
            Script.Check(reopened, script.Acknowledged);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{fault} x {times} at step {n}: {folder.Operations.ElementAtOrDefault(n - 1)}", e);
        }
    }

    private SqliteJournal OpenStubbornly(FaultyFolder folder)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            try
            {
                return Open(folder);
            }
            catch (IOException)
            {
            }
        }

        throw new InvalidOperationException("The journal cannot be opened although the faults are over.");
    }

    private SqliteJournal Open(FaultyFolder folder) =>
        new(new SqliteJournalOptions(folder.Path) { Vfs = FaultVfs.Name, Time = _time, CheckpointPages = 5 });
}
