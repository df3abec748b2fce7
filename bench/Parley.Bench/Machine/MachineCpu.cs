using System.Globalization;
using Parley.Bench.Load;

namespace Parley.Bench.Machine;

/// <summary>Processor time of the whole machine so far, in seconds over all cores.</summary>
/// <param name="Busy">Working, for anybody.</param>
/// <param name="Stolen">Taken by the hypervisor while something here wanted to run.</param>
internal readonly record struct MachineCpu(double Busy, double Stolen)
{
    public static MachineCpu Now()
    {
        // cpu user nice system idle iowait irq softirq steal ...
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new MachineCpu(Seconds(1) + Seconds(2) + Seconds(3) + Seconds(6) + Seconds(7), Seconds(8));

        double Seconds(int field) => long.Parse(fields[field], CultureInfo.InvariantCulture) / (double)Libc.SystemConfiguration(Libc.ClockTicks);
    }
}
