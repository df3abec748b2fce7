namespace Parley.Bench.Workloads.Pairs;

/// <summary>What a server put off while it was measured, and what it cost to catch up.</summary>
/// <param name="TailMegabytes">Committed and not settled, at the start of the measurement and every 2 s from then on.</param>
/// <param name="DebtEvents">Settled after the last publish, until nothing was left.</param>
/// <param name="DebtSeconds">How long that took.</param>
/// <param name="DebtMicrosecondsPerEvent">Processor time for each of them.</param>
/// <param name="SettledWithin">Events settled during the measurement; their processor time is in the server's.</param>
internal sealed record SettlingFigures(
    IReadOnlyList<double> TailMegabytes, double DebtEvents, double DebtSeconds, double DebtMicrosecondsPerEvent, double SettledWithin);
