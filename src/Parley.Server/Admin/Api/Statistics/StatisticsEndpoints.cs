using Parley.Conversations.Routing;
using Parley.Server.Admin.Api.Live;
using Parley.Server.Identity;

namespace Parley.Server.Admin.Api.Statistics;

/// <summary>What happened in an account.</summary>
internal static class StatisticsEndpoints
{
    private const long Hour = 3_600_000;

    public static IReadOnlyList<AdminEndpoint> All { get; } =
    [
        AdminEndpoint.Get("/statistics/today", AgentRole.Manager, "Read what happened today, by the hour, by skill and by agent.", () => AdminJson.Default.Today, TodayAsync),
    ];

    private static Task<Today> TodayAsync(AdminCall call)
    {
        var (accountId, directory) = (call.AccountId, call.Services.Identity.Agents);
        var now = call.Services.Time.GetUtcNow().ToUnixTimeMilliseconds();
        return call.Services.RouterOf(call).ReadTodayAsync(day => new Today(
            day.Start, day.End, day.IsComplete, Figures.Of(day.Total), Hours(day, now),
            [
                .. day.BySkill.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Key.Length == 0
                    ? new FiguresOfSkill(null, "no skill", Figures.Of(entry.Value))
                    : new FiguresOfSkill(entry.Key, directory.FindSkill(accountId, entry.Key)?.Name ?? entry.Key, Figures.Of(entry.Value))),
            ],
            [
                .. day.ByAgent.Select(entry => new FiguresOfAgent(AgentRef.Of(directory, accountId, entry.Key), Figures.Of(entry.Value)))
                    .OrderBy(entry => entry.Agent.Nickname, StringComparer.Ordinal).ThenBy(entry => entry.Agent.Pid, StringComparer.Ordinal),
            ]));
    }

    private static IReadOnlyList<FiguresOfHour> Hours(DayStatistics day, long now) =>
        [.. day.Hours.Select((tally, hour) => new FiguresOfHour(day.Start + hour * Hour, Figures.Of(tally))).TakeWhile(hour => hour.Start <= now)];
}
