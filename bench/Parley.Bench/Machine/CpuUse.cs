namespace Parley.Bench.Machine;

/// <summary>Cores in use on average.</summary>
/// <param name="Seconds">How long was watched.</param>
/// <param name="ServerCores">By the measured process.</param>
/// <param name="GeneratorCores">By this one.</param>
/// <param name="OtherCores">By everything else: a measurement is only as good as this is small.</param>
/// <param name="StolenCores">Taken by the hypervisor.</param>
internal sealed record CpuUse(double Seconds, double ServerCores, double GeneratorCores, double OtherCores, double StolenCores);
