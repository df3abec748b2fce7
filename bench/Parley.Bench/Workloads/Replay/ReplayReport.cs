using Parley.Bench.Reporting;

namespace Parley.Bench.Workloads.Replay;

/// <summary>What people see of <see cref="ReplayWorkload"/>.</summary>
internal static class ReplayReport
{
    public static string Table(ReplayResult result)
    {
        var table = new MarkdownTable("sockets", "events each", "warm ms", "cold ms", "events/s warm", "server us/event", "growth MB/socket", "other cores", "out of order");
        foreach (var at in result.Cases)
        {
            table.Add(
                $"{at.Sockets}", $"{at.Events:N0}", at.Warm.Text("0.0"), at.ColdMilliseconds is { } cold ? $"{cold:0.0}" : "not measured",
                $"{at.Sockets * at.Events / at.Warm.Median * 1000:N0}", $"{at.ServerMicrosecondsPerEvent:0.0}", $"{at.GrowthMegabytesPerSocket:0.00}", $"{at.OtherCores:0.00}", $"{at.OutOfOrder}");
        }

        return $"{result.Provenance}\nEvents of {result.Settings.PublishBytes}-byte publishes, settled before; warm-up {result.Settings.WarmUpSeconds:0.#} s, {result.Settings.Rounds} rounds, median [range].\n\n{table}";
    }
}
