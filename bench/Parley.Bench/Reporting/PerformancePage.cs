using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Bench.Workloads.Day;
using Parley.Bench.Workloads.FanOut;
using Parley.Bench.Workloads.Growth;
using Parley.Bench.Workloads.Idle;
using Parley.Bench.Workloads.Latency;
using Parley.Bench.Workloads.Pairs;
using Parley.Bench.Workloads.Replay;
using Parley.Bench.Workloads.Routing;
using Parley.Bench.Workloads.Start;
using Parley.Bench.Workloads.Tiers;

namespace Parley.Bench.Reporting;

/// <summary>Puts the newest raw results into <c>docs/performance.md</c>, between <c>&lt;!-- bench:NAME --&gt;</c> and <c>&lt;!-- /bench:NAME --&gt;</c>; the text around them is people's.</summary>
internal static class PerformancePage
{
    /// <summary>Writes tables and plots.</summary>
    /// <returns>What was done for each name.</returns>
    public static IEnumerable<string> Write(string results, string page)
    {
        var images = Path.Combine(Path.GetDirectoryName(page)!, "images");
        var text = File.ReadAllText(page);
        foreach (var (name, table) in Sections(images))
        {
            if (Newest(results, name) is not { Length: > 0 } files)
            {
                yield return $"{name}: no result; what the page says stays";
                continue;
            }

            var (start, end) = ($"<!-- bench:{name} -->", $"<!-- /bench:{name} -->");
            var (from, to) = (text.IndexOf(start, StringComparison.Ordinal), text.IndexOf(end, StringComparison.Ordinal));
            if (from < 0 || to < from) throw new IOException($"{page} has no {start} ... {end}.");
            text = $"{text[..(from + start.Length)]}\n\n{string.Join("\n\n", files.Select(file => table(File.ReadAllText(file)).Trim()))}\n\n{text[to..]}";
            yield return $"{name}: {string.Join(", ", files)}";
        }

        File.WriteAllText(page, text);
    }

    private static (string Name, Func<string, string> Table)[] Sections(string images) =>
    [
        ("tiers", json => TiersWorkload.Table(Read(json, BenchJson.Default.TiersResult))),
        ("pairs", json => Of("pairs", json, images)),
        ("sustained", json => Of("sustained", json, images)),
        ("watched", json => Of("watched", json, images)),
        ("nodes", json => Of("nodes", json, images)),
        ("latency", json => LatencyReport.Table(Read(json, BenchJson.Default.LatencyResult))),
        ("replay", json => ReplayReport.Table(Read(json, BenchJson.Default.ReplayResult))),
        ("fan-out", json => FanOutReport.Table(Read(json, BenchJson.Default.FanOutResult))),
        ("growth", json => GrowthReport.Table(Read(json, BenchJson.Default.GrowthResult))),
        ("day", json => DayReport.Table(Read(json, BenchJson.Default.DayResult))),
        ("start", json => StartWorkload.Table(Read(json, BenchJson.Default.StartResult))),
        ("idle", json => IdleWorkload.Table(Read(json, BenchJson.Default.IdleResult))),
        ("routing", json => RoutingWorkload.Table(Read(json, BenchJson.Default.RoutingResult))),
    ];

    private static T Read<T>(string json, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(json, type)!;

    private static string Of(string name, string json, string images)
    {
        var result = Read(json, BenchJson.Default.PairsResult);
        Directory.CreateDirectory(images);
        var plots = "";
        foreach (var inFlight in result.Settings.InFlight)
        {
            var cases = result.Cases.Where(at => at.InFlight == inFlight && at.Legs.Count > 0).ToArray();
            if (cases.Length < 2) continue; // A line needs two points.
            var plot = new RatePlot($"Publishes/s by pairs, {inFlight} in flight", [.. cases.Select(at => $"{at.Pairs}")]);
            foreach (var subject in result.Subjects)
                plot.Add(subject.Label, [.. cases.Select(at => at.With(subject.Name).Select(leg => leg.PublishesPerSecond).DefaultIfEmpty(double.NaN).Average())]);
            var file = $"bench-{name}-{inFlight}.svg";
            File.WriteAllText(Path.Combine(images, file), plot.ToString());
            plots += $"\n![Publishes per second by pairs, {inFlight} in flight](images/{file})\n";
        }

        return PairsReport.Table(result) + plots;
    }

    // Of the newest commit that has any; parts of a workload may have been run one after the other. Names begin with the time. Results of pairs of
    // before the peers have another form and are passed over.
    private static string[] Newest(string results, string name) => Directory.EnumerateFiles(results, $"*-{name}.json")
        .Where(file => name != "pairs" || File.ReadAllText(file).Contains("\"subjects\"", StringComparison.Ordinal))
        .GroupBy(file => Path.GetFileName(file).Split('-', 4)[3])
        .OrderByDescending(files => files.Max(), StringComparer.Ordinal)
        .FirstOrDefault()?.Order(StringComparer.Ordinal).ToArray() ?? [];
}
