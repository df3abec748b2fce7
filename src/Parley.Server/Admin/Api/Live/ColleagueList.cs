using System.ComponentModel;

namespace Parley.Server.Admin.Api.Live;

/// <summary>The enabled agents as their colleagues see them, by nickname.</summary>
public sealed record ColleagueList([property: Description("When it was so, epoch milliseconds.")] long At, IReadOnlyList<Colleague> Colleagues);
