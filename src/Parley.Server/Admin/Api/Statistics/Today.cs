using System.ComponentModel;

namespace Parley.Server.Admin.Api.Statistics;

/// <summary>What happened in an account today.</summary>
public sealed record Today(
    [property: Description("When the day began, epoch milliseconds.")] long Start,
    [property: Description("When it ends.")] long End,
    [property: Description("Whether what happened before the server was started is counted already.")] bool Complete,
    Figures Total,
    [property: Description("The hours that have begun.")] IReadOnlyList<FiguresOfHour> Hours,
    IReadOnlyList<FiguresOfSkill> BySkill,
    IReadOnlyList<FiguresOfAgent> ByAgent);
