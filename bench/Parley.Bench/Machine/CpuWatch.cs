using System.Diagnostics;

namespace Parley.Bench.Machine;

/// <summary>Who used the processors while something was measured.</summary>
internal sealed class CpuWatch(int server)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly MachineCpu _machine = MachineCpu.Now();
    private readonly double _server = ProcessCpu.Seconds(server);
    private readonly double _generator = ProcessCpu.Seconds(Environment.ProcessId);

    public CpuUse Stop()
    {
        var seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        var machine = MachineCpu.Now();
        var used = ProcessCpu.Seconds(server) - _server;
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
