using System.Runtime.InteropServices;

namespace Parley.Bench.Subjects;

/// <summary>Ends what was started when somebody ends the bench.</summary>
internal static class RunningPeers
{
    private static readonly List<IDisposable> Running = [];

    private static readonly PosixSignalRegistration[] Signals =
        [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, _ => EndAll()))];

    public static void Add(IDisposable process)
    {
        GC.KeepAlive(Signals);
        lock (Running) Running.Add(process);
    }

    /// <summary>Whether it was still to be ended.</summary>
    public static bool Remove(IDisposable process)
    {
        lock (Running) return Running.Remove(process);
    }

    private static void EndAll()
    {
        IDisposable[] all;
        lock (Running) all = [.. Running];
        foreach (var process in all) process.Dispose();
        Environment.Exit(130);
    }
}
