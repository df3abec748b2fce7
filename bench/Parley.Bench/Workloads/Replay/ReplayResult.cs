using Parley.Bench.Reporting;

namespace Parley.Bench.Workloads.Replay;

internal sealed record ReplayResult(Provenance Provenance, ReplaySettings Settings, IReadOnlyList<ReplayCase> Cases);
