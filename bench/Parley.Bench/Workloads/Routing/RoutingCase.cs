using Parley.Bench.Reporting;

namespace Parley.Bench.Workloads.Routing;

/// <param name="Waiting">Conversations in the queue.</param>
/// <param name="Microseconds">Of routing per decision, one figure a round.</param>
/// <param name="Bytes">Allocated by routing per decision, one figure a round.</param>
internal sealed record RoutingCase(int Waiting, IReadOnlyList<double> Microseconds, IReadOnlyList<double> Bytes)
{
    public Spread Cost => Spread.Of(Microseconds);
    public Spread Allocated => Spread.Of(Bytes);
}
