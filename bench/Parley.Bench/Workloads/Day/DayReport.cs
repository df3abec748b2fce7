using Parley.Bench.Reporting;

namespace Parley.Bench.Workloads.Day;

/// <summary>What people see of <see cref="DayWorkload"/>.</summary>
internal static class DayReport
{
    public static string Table(DayResult result)
    {
        var table = new MarkdownTable(
            "minute", "server cores", "load cores", "other cores", "resident MB", "messages/s", "receipts, chat states/s", "opened, closed/s", "answer p50/p99/max ms", "delivery p50/p99/max ms");
        for (var i = 0; i < result.Minutes.Count; i++)
        {
            var at = result.Minutes[i];
            table.Add(
                $"{i + 1}", $"{at.Cpu.ServerCores:0.00}", $"{at.Cpu.GeneratorCores:0.00}", $"{at.Cpu.OtherCores:0.00}", $"{at.ServerResidentMegabytes:0}",
                $"{at.Publishes / at.Cpu.Seconds:0}", $"{at.OtherEvents / at.Cpu.Seconds:0}", $"{at.Opened / at.Cpu.Seconds:0}, {at.Closed / at.Cpu.Seconds:0}", Text(at.ToAnswer), Text(at.ToDelivery));
        }

        return $"{result.Provenance}\n{result.Settings.Agents:N0} agents and {result.Settings.Consumers:N0} consumers, each on a socket; the server had {result.EmptyResidentMegabytes:0} MB before they came."
            + $" Refused {result.Refused}, out of order {result.OutOfOrder}, lost {result.Lost}.{(result.FirstRefusal is { } first ? $" First refusal: {first}" : "")}\n\n{table}";

        static string Text(LatencyFigures figures) => $"{figures.P50:0.0} / {figures.P99:0.0} / {figures.Max:0}";
    }
}
