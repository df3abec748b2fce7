using Parley.Bench.Reporting;

namespace Parley.Bench.Workloads.Growth;

/// <summary>What people see of <see cref="GrowthWorkload"/>.</summary>
internal static class GrowthReport
{
    public static string Table(GrowthResult result)
    {
        var table = new MarkdownTable("", "empty", "grown", "grown / empty");
        Add("start to ready, s", round => round.StartSeconds, "0.00");
        Add("resident when ready, MB", round => round.ResidentMegabytes, "0");
        Add("publish to answer p50, ms", round => round.Publish.P50, "0.00");
        Add("publish to answer p99, ms", round => round.Publish.P99, "0.00");
        Add("publishes/s", round => round.PublishesPerSecond, "N0");
        Add("server us/publish", round => round.ServerMicrosecondsPerPublish, "0.0");
        Add($"replay of {result.Settings.ReplayEvents:N0} events, ms", round => round.ReplayMilliseconds, "0.0");
        AddGrown("consumer's list p50 / p99, ms", round => round.ConsumerList);
        AddGrown("agent's open list p50 / p99, ms", round => round.AgentList);
        AddGrown("messages of an old conversation p50 / p99, ms", round => round.OldConversation);
        var settings = result.Settings;
        return $"{result.Provenance}\n{settings.Conversations:N0} conversations of {settings.Messages} messages, {settings.Open:N0} of them open; {result.StoredGigabytes:0.0} GB, written in {result.FillSeconds:0} s."
            + $" {settings.Pairs} pairs, one in flight; {settings.Rounds} round(s) of each, in turn, medians [ranges]. Other cores at most {result.Empty.Concat(result.Grown).Max(round => round.OtherCores):0.00};"
            + $" faults {result.Empty.Concat(result.Grown).Sum(round => round.Faults)}.\n\n{table}";

        void Add(string what, Func<GrowthRound, double> figure, string format)
        {
            var (empty, grown) = (Spread.Of(result.Empty.Select(figure)), Spread.Of(result.Grown.Select(figure)));
            table.Add(what, empty.Text(format), grown.Text(format), $"{grown.Median / empty.Median:0.00}");
        }

        void AddGrown(string what, Func<GrowthRound, LatencyFigures> figures) =>
            table.Add(what, "", $"{Spread.Of(result.Grown.Select(round => figures(round).P50)).Text("0.0")} / {Spread.Of(result.Grown.Select(round => figures(round).P99)).Text("0.0")}", "");
    }
}
