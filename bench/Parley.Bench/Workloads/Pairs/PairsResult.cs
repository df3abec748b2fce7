using Parley.Bench.Reporting;
using Parley.Bench.Subjects;

namespace Parley.Bench.Workloads.Pairs;

/// <param name="Provenance">Where figures come from.</param>
/// <param name="Settings">What was measured.</param>
/// <param name="Subjects">What they are and how they ran.</param>
/// <param name="Cases">The figures.</param>
/// <param name="Absent">Subjects that were left out, and why.</param>
internal sealed record PairsResult(
    Provenance Provenance, PairsSettings Settings, IReadOnlyList<SubjectInfo> Subjects, IReadOnlyList<PairsCase> Cases, IReadOnlyList<string> Absent);
