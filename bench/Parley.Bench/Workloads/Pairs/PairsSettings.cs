using Parley.Bench.Load;

namespace Parley.Bench.Workloads.Pairs;

/// <summary>What <see cref="PairsWorkload"/> measures.</summary>
/// <param name="Pairs">Numbers of pairs.</param>
/// <param name="InFlight">Publishes in flight per sender.</param>
/// <param name="WarmUpSeconds">Before each measurement, on the server that is measured.</param>
/// <param name="Seconds">Of each measurement.</param>
/// <param name="Rounds">Each measures SQLite, nothing, nothing, SQLite.</param>
/// <param name="PublishBytes">Size of the JSON of a publish.</param>
internal sealed record PairsSettings(
    IReadOnlyList<int> Pairs, IReadOnlyList<int> InFlight, double WarmUpSeconds, double Seconds, int Rounds, int PublishBytes = PublishTemplate.UsualBytes);
