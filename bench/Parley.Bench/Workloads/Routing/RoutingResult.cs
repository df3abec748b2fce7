using Parley.Bench.Reporting;

namespace Parley.Bench.Workloads.Routing;

/// <param name="Provenance">Where figures come from.</param>
/// <param name="Settings">What was measured.</param>
/// <param name="Cases">By the length of the queue.</param>
internal sealed record RoutingResult(Provenance Provenance, RoutingSettings Settings, IReadOnlyList<RoutingCase> Cases);
