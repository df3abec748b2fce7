namespace Parley.Bench.Workloads.Routing;

/// <param name="Waiting">Conversations in the queue.</param>
/// <param name="Agents">All of them busy.</param>
/// <param name="Rounds">How often each is measured, in turn.</param>
internal sealed record RoutingSettings(int[] Waiting, int Agents, int Rounds);
