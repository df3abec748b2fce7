using Parley.Bench.Reporting;

namespace Parley.Bench.Workloads.FanOut;

internal sealed record FanOutResult(Provenance Provenance, FanOutSettings Settings, IReadOnlyList<FanOutCase> Cases);
