using Parley.Bench.Machine;

namespace Parley.Bench.Workloads.Idle;

/// <summary>Idle sockets over one transport. Memory is the server's resident memory; the kernel's for its sockets is not in it.</summary>
/// <param name="Transport">As settings name it.</param>
/// <param name="BaseMegabytes">Before the first of them, after a collection.</param>
/// <param name="ConnectedMegabytes">As soon as the last of them has its list.</param>
/// <param name="SettledMegabytes">After a collection.</param>
/// <param name="EndMegabytes">After the rest and a request on every socket.</param>
/// <param name="Rest">Processor time while nothing happens but the server's pings and their pongs.</param>
/// <param name="Sockets">How many were opened.</param>
/// <param name="Answered">Sockets that answered a request at the end.</param>
internal sealed record IdleCase(
    string Transport, double BaseMegabytes, double ConnectedMegabytes, double SettledMegabytes, double EndMegabytes, CpuUse Rest, int Sockets, int Answered)
{
    public double ConnectedBytes => PerSocket(ConnectedMegabytes);
    public double SettledBytes => PerSocket(SettledMegabytes);
    public double EndBytes => PerSocket(EndMegabytes);
    public int Lost => Sockets - Answered;

    private double PerSocket(double megabytes) => Math.Round((megabytes - BaseMegabytes) * 1024 * 1024 / Sockets);
}
