using Parley.Bench.Reporting;

namespace Parley.Bench.Workloads.Latency;

/// <summary>What people see of <see cref="LatencyWorkload"/>.</summary>
internal static class LatencyReport
{
    /// <summary>A line of progress.</summary>
    public static void WriteRound(LatencyRound round) => Console.WriteLine(
        $"p50: publish {round.Publish:0.000} ms, echo {round.Echo:0.000} ms, sync {round.Sync:0.000} ms; {round.OfFloor:0.00} x the floor");

    public static string Table(LatencyResult result)
    {
        var table = new MarkdownTable("one pair, one in flight", "p50 ms", "p99 ms", "p99.9 ms", "max ms");
        Add("publish to answer", result.Publish);
        Add($"echo of {result.Settings.Bytes} bytes", result.Echo);
        Add("fdatasync of 1 kB", result.Sync);
        return $"{result.Provenance}\nWarm-up {result.Settings.WarmUpSeconds:0.#} s, {result.Settings.Rounds} round(s) of {result.Settings.SliceSeconds:0.#} s each, interleaved.\n\n{table}"
            + $"\nPublish to answer is {result.OfFloor:0.00} times echo + fdatasync (by round {Spread.Of(result.Rounds.Select(round => round.OfFloor)).Text("0.00")}). "
            + $"Other cores {result.Cpu.OtherCores:0.00}, steal {result.Cpu.StolenCores:0.00}; out of order {result.OutOfOrder}, errors {result.Errors}, lost {result.Lost}.\n";

        void Add(string what, LatencyFigures figures) =>
            table.Add(what, $"{figures.P50:0.000}", $"{figures.P99:0.000}", $"{figures.P999:0.000}", $"{figures.Max:0.000}");
    }
}
