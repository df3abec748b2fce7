using System.Diagnostics;
using System.Globalization;
using Parley.Bench.Load;
using Parley.Bench.Machine;

namespace Parley.Bench.Workloads.Tiers;

/// <summary>Counts the syncs that processes ask the kernel for, with strace.</summary>
internal sealed class SyncTrace : IDisposable
{
    private const int Interrupt = 2;

    private readonly Process _strace;
    private readonly string _output = Path.GetTempFileName();

    /// <param name="roots">Their descendants and threads are traced as well.</param>
    /// <exception cref="IOException">Tracing is not allowed here.</exception>
    public SyncTrace(int[] roots)
    {
        _strace = Process.Start(new ProcessStartInfo(
            "strace",
            ["-f", "-c", "-e", "trace=fsync,fdatasync", "-o", _output, .. ProcessTree.Ids(roots).SelectMany(id => new[] { "-p", id.ToString(CultureInfo.InvariantCulture) })])
        { RedirectStandardError = true })!;
        // It says so for each process, once all threads of it are held.
        var line = _strace.StandardError.ReadLine();
        if (line?.Contains("attached", StringComparison.Ordinal) != true) throw new IOException($"strace: {line}");
        _ = _strace.StandardError.ReadToEndAsync();
        while (ProcessTree.Ids(roots).Any(IsUntraced)) Thread.Sleep(10);
    }

    /// <summary>Ends the trace.</summary>
    /// <returns>Calls of fsync and fdatasync that succeeded.</returns>
    public long Stop()
    {
        _ = Libc.Kill(_strace.Id, Interrupt);
        _strace.WaitForExit();
        // % time, seconds, usecs/call, calls, [errors,] syscall
        return File.ReadLines(_output)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length >= 5 && fields[^1] is "fsync" or "fdatasync")
            .Sum(fields => long.Parse(fields[3], CultureInfo.InvariantCulture) - (fields.Length > 5 ? long.Parse(fields[4], CultureInfo.InvariantCulture) : 0));
    }

    public void Dispose()
    {
        if (!_strace.HasExited) Stop();
        _strace.Dispose();
        File.Delete(_output);
    }

    private static bool IsUntraced(int id)
    {
        var status = $"/proc/{id}/status";
        return File.Exists(status) && File.ReadLines(status).Any(line => line.StartsWith("TracerPid:", StringComparison.Ordinal) && line.EndsWith("\t0", StringComparison.Ordinal));
    }
}
