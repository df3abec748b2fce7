using Parley.Bench.Reporting;

namespace Parley.Bench.Workloads.Growth;

/// <param name="Provenance">Where.</param>
/// <param name="Settings">What was asked for.</param>
/// <param name="FillSeconds">What writing the history took.</param>
/// <param name="StoredGigabytes">Its size.</param>
/// <param name="Empty">Rounds on a store with nothing in it.</param>
/// <param name="Grown">Rounds on the one with all of it.</param>
internal sealed record GrowthResult(
    Provenance Provenance, GrowthSettings Settings, double FillSeconds, double StoredGigabytes, IReadOnlyList<GrowthRound> Empty, IReadOnlyList<GrowthRound> Grown);
