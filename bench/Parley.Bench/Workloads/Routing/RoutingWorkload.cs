using Parley.Bench.Reporting;

namespace Parley.Bench.Workloads.Routing;

/// <summary>What a decision of routing costs, by the length of the queue.</summary>
internal sealed class RoutingWorkload(BenchFolders folders, RoutingSettings settings)
{
    private const int Decisions = 20_000;

    public RoutingResult Run()
    {
        var provenance = Provenance.Read(folders.Fresh());
        var centres = settings.Waiting.Select(waiting => new ContactCentre(settings.Agents, waiting)).ToArray();
        var (costs, bytes) = (centres.Select(_ => new List<double>()).ToArray(), centres.Select(_ => new List<double>()).ToArray());
        foreach (var centre in centres) centre.Work(Decisions); // the compiler's turn
        for (var round = 0; round < settings.Rounds; round++)
        {
            for (var i = 0; i < centres.Length; i++)
            {
                centres[i].Work(Decisions);
                costs[i].Add(Math.Round(centres[i].Microseconds, 3));
                bytes[i].Add(Math.Round(centres[i].Bytes));
            }
        }

        return new RoutingResult(provenance, settings, [.. settings.Waiting.Select((waiting, i) => new RoutingCase(waiting, costs[i], bytes[i]))]);
    }

    public static string Table(RoutingResult result)
    {
        var table = new MarkdownTable("waiting", "us/decision", "decisions/s", "bytes/decision");
        foreach (var row in result.Cases)
            table.Add($"{row.Waiting:N0}", row.Cost.Text("0.0"), $"{1e6 / row.Cost.Median:N0}", row.Allocated.Text("N0"));
        return $"{result.Provenance}\n{result.Settings.Agents:N0} agents with 1 to 5 of 50 skills, all busy: one ends a conversation, another arrives, the slot is given. " +
            $"{Decisions:N0} decisions a round, {result.Settings.Rounds} rounds, one thread; a decision counts the close, the arrival, the offer and the accept.\n\n{table}";
    }
}
