using Parley.Bench.Reporting;

namespace Parley.Bench.Workloads.Idle;

/// <param name="Provenance">Where figures come from.</param>
/// <param name="Settings">What was measured.</param>
/// <param name="Cases">One for each transport.</param>
internal sealed record IdleResult(Provenance Provenance, IdleSettings Settings, IReadOnlyList<IdleCase> Cases);
