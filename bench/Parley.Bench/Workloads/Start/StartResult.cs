using Parley.Bench.Reporting;

namespace Parley.Bench.Workloads.Start;

/// <param name="Provenance">Where figures come from.</param>
/// <param name="Settings">What was measured.</param>
/// <param name="EmptySeconds">From the start of the process to <c>Parley is ready</c>, each on a folder that did not exist.</param>
/// <param name="ExistingSeconds">Likewise, on the folder of an earlier start.</param>
internal sealed record StartResult(
    Provenance Provenance, StartSettings Settings, IReadOnlyList<double> EmptySeconds, IReadOnlyList<double> ExistingSeconds)
{
    public Spread Empty => Spread.Of(EmptySeconds);
    public Spread Existing => Spread.Of(ExistingSeconds);
}
