using Parley.Bench.Machine;

namespace Parley.Bench.Reporting;

/// <summary>Where figures come from.</summary>
/// <param name="At">When measuring began.</param>
/// <param name="Commit">Of server and bench.</param>
/// <param name="Machine">Where.</param>
internal sealed record Provenance(DateTimeOffset At, string Commit, MachineInfo Machine)
{
    /// <param name="dataFolder">Existing folder on the measured disk.</param>
    public static Provenance Read(string dataFolder) => new(TimeProvider.System.GetUtcNow(), SourceCommit.Read(), MachineInfo.Read(dataFolder));

    /// <summary>One line for people.</summary>
    public override string ToString() =>
        $"{At:yyyy-MM-dd HH:mm} UTC, commit {Commit}; {Machine.Cores} cores, {Machine.Cpu}, {Machine.MemoryGigabytes:0.#} GB, Linux {Machine.Kernel}, {Machine.Runtime}, {Machine.Disk}";
}
