using Parley.Bench.Reporting;
using Parley.Bench.Subjects;

namespace Parley.Bench.Workloads.Pairs;

/// <summary>What people see of <see cref="PairsWorkload"/>.</summary>
internal static class PairsReport
{
    /// <summary>A line of progress.</summary>
    public static void WriteLeg(int pairs, int inFlight, PairsLeg leg) => Console.WriteLine(
        $"{pairs,4} pairs x {inFlight,-2} {leg.Journal,-6} {leg.PublishesPerSecond,9:N0}/s  answer p50 {leg.ToAnswer.P50:0.00} p99 {leg.ToAnswer.P99:0.00} ms" +
        $"  server {leg.ServerMicrosecondsPerPublish:0.0} us/publish  cores server {leg.Cpu.ServerCores:0.00} load {leg.Cpu.GeneratorCores:0.00}" +
        $" other {leg.Cpu.OtherCores:0.00} steal {leg.Cpu.StolenCores:0.00}  out of order {leg.OutOfOrder} errors {leg.Errors} lost {leg.Lost}" +
        (leg.FirstError is { } error ? $"\n     first error: {error}" : ""));

    public static string Table(PairsResult result)
    {
        var table = new MarkdownTable(
            "pairs", "in flight", "publishes/s", "limit/s", "of limit", "answer p50/p99/p99.9 ms", "delivery p50/p99/p99.9 ms", "limit's answer ms",
            "server us/publish", "limit's", "unsettled MB", "load cores", "other max", "steal max", "out of order", "errors", "lost");
        foreach (var at in result.Cases)
        {
            var (stored, limit) = (at.With(Journals.Sqlite).ToArray(), at.With(Journals.None).ToArray());
            table.Add(
                $"{at.Pairs}",
                $"{at.InFlight}",
                Spread.Of(stored.Select(leg => leg.PublishesPerSecond)).Text("N0"),
                Spread.Of(limit.Select(leg => leg.PublishesPerSecond)).Text("N0"),
                at.RateOfLimit.Text("0 %"),
                Percentiles(stored, leg => leg.ToAnswer),
                Percentiles(stored, leg => leg.ToDelivery),
                Percentiles(limit, leg => leg.ToAnswer),
                Spread.Of(stored.Select(leg => leg.ServerMicrosecondsPerPublish)).Text("0.0"),
                Spread.Of(limit.Select(leg => leg.ServerMicrosecondsPerPublish)).Text("0.0"),
                Spread.Of(stored.Select(leg => leg.UnsettledMegabytes)).Text("0"),
                $"{at.Legs.Max(leg => leg.Cpu.GeneratorCores):0.00}",
                $"{at.Legs.Max(leg => leg.Cpu.OtherCores):0.00}",
                $"{at.Legs.Max(leg => leg.Cpu.StolenCores):0.00}",
                $"{at.Legs.Sum(leg => leg.OutOfOrder)}",
                $"{at.Legs.Sum(leg => leg.Errors)}",
                $"{at.Legs.Sum(leg => leg.Lost)}");
        }

        return $"{result.Provenance}\nWarm-up {result.Settings.WarmUpSeconds:0.#} s, {result.Settings.Seconds:0.#} s per measurement, {result.Settings.Rounds} round(s) of "
            + $"{string.Join(", ", PairsWorkload.Round)}; {result.Settings.PublishBytes}-byte publishes; medians [ranges].\n\n{table}";
    }

    private static string Percentiles(IReadOnlyCollection<PairsLeg> legs, Func<PairsLeg, LatencyFigures> latency) => string.Join(
        " / ",
        new Func<LatencyFigures, double>[] { figures => figures.P50, figures => figures.P99, figures => figures.P999 }
            .Select(percentile => $"{Spread.Of(legs.Select(leg => percentile(latency(leg)))).Median:0.00}"));
}
