using Parley.Bench.Reporting;

namespace Parley.Bench.Workloads.FanOut;

/// <summary>What people see of <see cref="FanOutWorkload"/>.</summary>
internal static class FanOutReport
{
    public static string Table(FanOutResult result)
    {
        var table = new MarkdownTable("subscribers", "deliveries/s", "publishes/s", "server us/delivery", "load cores", "other cores", "out of order", "lost");
        foreach (var at in result.Cases)
        {
            table.Add(
                $"{at.Subscribers:N0}", at.Deliveries.Text("N0"), Spread.Of(at.PublishesPerSecond).Text("N0"), Spread.Of(at.ServerMicrosecondsPerDelivery).Text("0.00"),
                $"{at.GeneratorCores:0.00}", $"{at.OtherCores:0.00}", $"{at.OutOfOrder}", $"{at.Lost}");
        }

        var settings = result.Settings;
        return $"{result.Provenance}\n{settings.InFlight} durable publishes in flight; warm-up {settings.WarmUpSeconds:0.#} s, {settings.Rounds} round(s) of {settings.Seconds:0.#} s.\n\n{table}";
    }
}
