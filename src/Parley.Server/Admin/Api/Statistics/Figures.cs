using System.ComponentModel;
using Parley.Conversations.Routing;

namespace Parley.Server.Admin.Api.Statistics;

/// <summary>What happened with conversations in a stretch of time.</summary>
public sealed record Figures(
    [property: Description("Conversations that began.")] int Opened,
    [property: Description("Conversations that ended.")] int Closed,
    [property: Description("Of those that ended: how many never had an agent.")] int Abandoned,
    [property: Description("Conversations that found their first agent.")] int Assigned,
    [property: Description("Of those: how many within their skill's wait target, or without one.")] int AssignedInTime,
    [property: Description("How long these waited on average from their beginning; null when there were none.")] decimal? WaitAverageSeconds,
    decimal WaitLongestSeconds,
    [property: Description("Conversations that got their first answer.")] int Answered,
    [property: Description("Of those: how many within their response promise.")] int AnsweredInTime,
    [property: Description("How long these waited for it on average from their beginning; null when there were none.")] decimal? AnswerAverageSeconds,
    decimal AnswerLongestSeconds,
    int RingsOffered,
    int RingsAccepted,
    int RingsRejected,
    int RingsExpired)
{
    internal static Figures Of(Tally tally) => new(
        tally.Opened, tally.Closed, tally.Abandoned, tally.Assigned, tally.AssignedInTime, Average(tally.WaitTotal, tally.Assigned), Seconds(tally.WaitLongest),
        tally.Answered, tally.AnsweredInTime, Average(tally.AnswerTotal, tally.Answered), Seconds(tally.AnswerLongest),
        tally.RingsOffered, tally.RingsAccepted, tally.RingsRejected, tally.RingsExpired);

    private static decimal? Average(long total, int count) => count == 0 ? null : Math.Round(total / 1000m / count, 1);

    private static decimal Seconds(long milliseconds) => Math.Round(milliseconds / 1000m, 1);
}
