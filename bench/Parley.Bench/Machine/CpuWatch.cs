using System.Diagnostics;

namespace Parley.Bench.Machine;

/// <summary>Who used the processors while something was measured.</summary>
/// <param name="servers">The measured processes; their descendants count as well.</param>
internal sealed class CpuWatch(params int[] servers)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly MachineCpu _machine = MachineCpu.Now();
    private readonly double _server = ProcessTree.CpuSeconds(servers);
    private readonly double _generator = ProcessCpu.Seconds(Environment.ProcessId);

    public CpuUse Stop()
    {
        var seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        var machine = MachineCpu.Now();
        var used = ProcessTree.CpuSeconds(servers) - _server;
        var generator = ProcessCpu.Seconds(Environment.ProcessId) - _generator;
        return new CpuUse(
            seconds,
            Cores(used),
            Cores(generator),
            Cores(Math.Max(0, machine.Busy - _machine.Busy - used - generator)),
            Cores(machine.Stolen - _machine.Stolen));

        double Cores(double spent) => Math.Round(spent / seconds, 4);
    }
}
