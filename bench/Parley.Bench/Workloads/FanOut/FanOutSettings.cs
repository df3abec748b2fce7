namespace Parley.Bench.Workloads.FanOut;

/// <param name="Subscribers">Sockets that follow the dialog.</param>
/// <param name="InFlight">Publishes of the one who writes.</param>
/// <param name="WarmUpSeconds">Before measuring.</param>
/// <param name="Seconds">Of each measurement.</param>
/// <param name="Rounds">Of each.</param>
internal sealed record FanOutSettings(IReadOnlyList<int> Subscribers, int InFlight, double WarmUpSeconds, double Seconds, int Rounds);
