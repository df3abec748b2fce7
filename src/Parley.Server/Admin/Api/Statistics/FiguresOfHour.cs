using System.ComponentModel;

namespace Parley.Server.Admin.Api.Statistics;

public sealed record FiguresOfHour([property: Description("When it began, epoch milliseconds.")] long Start, Figures Figures);
