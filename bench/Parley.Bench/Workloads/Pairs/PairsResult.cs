using Parley.Bench.Reporting;

namespace Parley.Bench.Workloads.Pairs;

internal sealed record PairsResult(Provenance Provenance, PairsSettings Settings, IReadOnlyList<PairsCase> Cases);
