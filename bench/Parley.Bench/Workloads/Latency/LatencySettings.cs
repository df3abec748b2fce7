using Parley.Bench.Load;

namespace Parley.Bench.Workloads.Latency;

/// <param name="WarmUpSeconds">Of publishing, before the first slice.</param>
/// <param name="SliceSeconds">Of publishing, of echoes and of syncs in each round.</param>
/// <param name="Rounds">How many.</param>
/// <param name="Bytes">Size of the JSON of a publish, and of an echo.</param>
internal sealed record LatencySettings(double WarmUpSeconds, double SliceSeconds, int Rounds, int Bytes = PublishTemplate.UsualBytes);
