using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Parley.Bench.Load;

namespace Parley.Bench.Subjects;

/// <summary>A peer's process: started with our configuration, ended when the measurement ends.</summary>
internal sealed class PeerProcess : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly string _program;
    private readonly int _stopSignal;
    private readonly Queue<string> _lines = new();

    /// <param name="stopSignal">Which signal makes it end in order.</param>
    /// <param name="environment">Variables to add.</param>
    /// <param name="program">What is started.</param>
    /// <param name="arguments">Its arguments.</param>
    public PeerProcess(string program, IEnumerable<string> arguments, Dictionary<string, string>? environment = null, int stopSignal = Libc.Terminate)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment ?? []) start.Environment[name] = value;
        _process = Process.Start(start)!;
        (_program, _stopSignal) = (program, stopSignal);
        _process.OutputDataReceived += (_, line) => Remember(line.Data);
        _process.ErrorDataReceived += (_, line) => Remember(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        RunningPeers.Add(this);
    }

    public int Id => _process.Id;

    /// <summary>A port of the loopback address that nobody has.</summary>
    public static IPEndPoint FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }

    /// <summary>Waits until it takes connections.</summary>
    /// <exception cref="IOException">It ended, or never listened.</exception>
    public void AwaitListening(IPEndPoint at)
    {
        for (var began = Stopwatch.GetTimestamp(); ; Thread.Sleep(20))
        {
            using var probe = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Connect(at);
                return;
            }
            catch (SocketException) when (!_process.HasExited && Stopwatch.GetElapsedTime(began) < LongestStart)
            {
                // Not yet.
            }
            catch (SocketException e)
            {
                var said = LastLines();
                Dispose();
                throw new IOException($"{_program} does not listen: {said}", e);
            }
        }
    }

    public void Dispose()
    {
        if (!RunningPeers.Remove(this)) return;
        if (!_process.HasExited)
        {
            _ = Libc.Kill(Id, _stopSignal);
            if (!_process.WaitForExit(LongestStop)) _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private string LastLines()
    {
        lock (_lines) return string.Join('\n', _lines);
    }

    private void Remember(string? line)
    {
        if (line is null) return;
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > 20) _lines.Dequeue();
        }
    }
}
