using Parley.Bench.Reporting;
using Parley.Bench.Subjects;

namespace Parley.Bench.Workloads.Pairs;

/// <summary>What people see of <see cref="PairsWorkload"/>.</summary>
internal static class PairsReport
{
    /// <summary>A line of progress.</summary>
    public static void WriteLeg(int pairs, int inFlight, PairsLeg leg) => Console.WriteLine(
        $"{pairs,4} pairs x {inFlight,-2} {leg.Subject,-8} {leg.PublishesPerSecond,9:N0}/s  answer p50 {leg.ToAnswer.P50:0.00} p99 {leg.ToAnswer.P99:0.00} ms" +
        $"  server {leg.ServerMicrosecondsPerPublish:0.0} us/publish  {leg.AllocatedBytesPerPublish:N0} B  cores server {leg.Cpu.ServerCores:0.00} load {leg.Cpu.GeneratorCores:0.00}" +
        $" other {leg.Cpu.OtherCores:0.00} steal {leg.Cpu.StolenCores:0.00}  out of order {leg.OutOfOrder} errors {leg.Errors} lost {leg.Lost}" +
        (leg.FirstError is { } error ? $"\n     first error: {error}" : ""));

    public static string Table(PairsResult result)
    {
        var table = new MarkdownTable(
            "pairs", "in flight", "server", "tier", "publishes/s", "of limit", "answer p50/p99/p99.9 ms", "delivery p50/p99/p99.9 ms", "server us/publish", "all in", "bytes allocated",
            "tail MB start/most/end", "debt us/event", "load cores", "other most", "steal most", "out of order", "errors", "lost");
        foreach (var at in result.Cases)
        {
            foreach (var name in at.Subjects) Add(table, at, result.Subjects.First(subject => subject.Name == name));
        }

        var settings = result.Settings;
        return $"{result.Provenance}\nWarm-up {settings.WarmUpSeconds:0.#} s, {settings.Seconds:0.#} s per measurement, {settings.Rounds} round(s) there and back"
            + $"{(settings.KeepsServers ? ", servers kept" : "")}{(settings.Managers > 0 ? $", agents follow their lists and {settings.Managers} managers all" : "")};"
            + $" {settings.PublishBytes}-byte publishes; medians [ranges].\n\n{table}"
            + string.Concat(result.Subjects.Select(subject => $"\n* {subject.Label} ({subject.Tier}{(subject.Version.Length > 0 ? $"; {subject.Version}" : "")}): {subject.Settings}."))
            + string.Concat(result.Cases.SelectMany(BetweenNodes))
            + string.Concat(result.Absent.Select(absent => $"\n* Left out: {absent}")) + "\n";
    }

    private static IEnumerable<string> BetweenNodes(PairsCase at) =>
        from name in at.Subjects
        let sent = at.With(name).Select(leg => leg.BytesBetweenNodesPerPublish).OfType<double>().ToArray()
        where sent.Length > 0 && sent.Max() > 0
        select $"\n* {name}, {at.Pairs} pairs, {at.InFlight} in flight: {Spread.Of(sent).Text("N0")} bytes a publish between all nodes together.";

    private static void Add(MarkdownTable table, PairsCase at, SubjectInfo subject)
    {
        var legs = at.With(subject.Name).ToArray();
        var later = legs.Select(leg => leg.Settling).OfType<SettlingFigures>().ToArray();
        table.Add(
            $"{at.Pairs}",
            $"{at.InFlight}",
            subject.Label,
            $"{subject.Tier}",
            Of(leg => leg.PublishesPerSecond, "N0"),
            at.OfLimit(subject.Name, leg => leg.PublishesPerSecond)?.Text("0 %") ?? "",
            Percentiles(legs, leg => leg.ToAnswer),
            Percentiles(legs, leg => leg.ToDelivery),
            Of(leg => leg.ServerMicrosecondsPerPublish, "0.0"),
            Of(leg => leg.AllInMicrosecondsPerPublish, "0.0"),
            legs.All(leg => leg.AllocatedBytesPerPublish is null) ? "" : Of(leg => leg.AllocatedBytesPerPublish ?? 0, "N0"),
            later.Length == 0 ? "" : $"{later.Max(l => l.TailMegabytes[0]):0} / {later.Max(l => l.TailMegabytes.Max()):0} / {later.Max(l => l.TailMegabytes[^1]):0}",
            later.Length == 0 ? "" : Spread.Of(later.Select(l => l.DebtMicrosecondsPerEvent)).Text("0.0"),
            $"{legs.Max(leg => leg.Cpu.GeneratorCores):0.00}",
            $"{legs.Max(leg => leg.Cpu.OtherCores):0.00}",
            $"{legs.Max(leg => leg.Cpu.StolenCores):0.00}",
            $"{legs.Sum(leg => leg.OutOfOrder)}",
            $"{legs.Sum(leg => leg.Errors)}",
            $"{legs.Sum(leg => leg.Lost)}");

        string Of(Func<PairsLeg, double> figure, string format) => Spread.Of(legs.Select(figure)).Text(format);
    }

    private static string Percentiles(IReadOnlyCollection<PairsLeg> legs, Func<PairsLeg, LatencyFigures> latency) => string.Join(
        " / ",
        new Func<LatencyFigures, double>[] { figures => figures.P50, figures => figures.P99, figures => figures.P999 }
            .Select(percentile => $"{Spread.Of(legs.Select(leg => percentile(latency(leg)))).Median:0.00}"));
}
