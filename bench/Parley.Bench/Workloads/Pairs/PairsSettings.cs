using Parley.Bench.Load;

namespace Parley.Bench.Workloads.Pairs;

/// <summary>What <see cref="PairsWorkload"/> measures.</summary>
/// <param name="Subjects">Names of <see cref="Bench.Subjects.SubjectKinds"/>.</param>
/// <param name="Pairs">Numbers of pairs.</param>
/// <param name="InFlight">Publishes in flight per sender.</param>
/// <param name="WarmUpSeconds">Before each measurement, on the server that is measured.</param>
/// <param name="Seconds">Of each measurement.</param>
/// <param name="Rounds">Each measures all subjects forwards, then backwards.</param>
/// <param name="Managers">Who follow all conversations, while each agent follows his own; 0 for nobody.</param>
/// <param name="PublishBytes">Size of a publish, envelope included where the protocol has one.</param>
internal sealed record PairsSettings(
    IReadOnlyList<string> Subjects, IReadOnlyList<int> Pairs, IReadOnlyList<int> InFlight, double WarmUpSeconds, double Seconds, int Rounds,
    int Managers = 0, int PublishBytes = PublishTemplate.UsualBytes)
{
    /// <summary>Servers live through a number of pairs and are warmed up once: quicker, and each measurement finds what the others left.</summary>
    public bool KeepsServers { get; init; }
}
