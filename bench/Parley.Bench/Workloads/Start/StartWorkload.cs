using Parley.Bench.Reporting;
using Parley.Bench.Subjects;

namespace Parley.Bench.Workloads.Start;

/// <summary>From the start of the process to the line <c>Parley is ready</c>.</summary>
internal sealed class StartWorkload(BenchFolders folders, StartSettings settings)
{
    public StartResult Run()
    {
        var existingFolder = folders.Fresh();
        var provenance = Provenance.Read(folders.Data);
        // Makes the folder that the others find, and brings the program's files into memory.
        _ = SecondsToReady(existingFolder);
        var (empty, existing) = (new List<double>(), new List<double>());
        for (var i = 0; i < settings.Starts; i++)
        {
            empty.Add(SecondsToReady($"{existingFolder}-{i}"));
            existing.Add(SecondsToReady(existingFolder));
            Console.WriteLine($"ready after {empty[^1]:0.000} s on an empty folder, {existing[^1]:0.000} s on one that exists");
        }

        return new StartResult(provenance, settings, empty, existing);
    }

    public static string Table(StartResult result)
    {
        var table = new MarkdownTable("start to ready", "median s", "range s");
        table.Add("on an empty folder", $"{result.Empty.Median:0.000}", $"{result.Empty.Min:0.000}..{result.Empty.Max:0.000}");
        table.Add("on one that exists", $"{result.Existing.Median:0.000}", $"{result.Existing.Min:0.000}..{result.Existing.Max:0.000}");
        return $"{result.Provenance}\n{result.Settings.Starts} starts of each kind, in turn.\n\n{table}";
    }

    private double SecondsToReady(string folder)
    {
        using var server = ParleyProcess.Start(folders.Server, folder, Journals.Sqlite);
        server.Stop();
        return Math.Round(server.TimeToReady.TotalSeconds, 4);
    }
}
