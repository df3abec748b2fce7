using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Parley.Bench.Load;

namespace Parley.Bench.Subjects;

/// <summary>A running <c>parley serve</c>, on free ports and without rate limits.</summary>
internal sealed class ParleyProcess : IDisposable
{
    private const string ReadyLine = "Parley is ready";

    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ParleyProcess(Process process)
    {
        _process = process;
        RunningPeers.Add(this);
    }

    public int Id => _process.Id;

    /// <summary>From the creation of the process to its line <c>Parley is ready</c>.</summary>
    public TimeSpan TimeToReady { get; private init; }

    /// <summary>Its HTTP listener.</summary>
    public required IPEndPoint Http { get; init; }

    /// <summary>Its HTTPS listener.</summary>
    public required IPEndPoint Https { get; init; }

    /// <summary>Opens its operator API.</summary>
    public required string OperatorToken { get; init; }

    /// <param name="executable">A published <c>parley</c>.</param>
    /// <param name="dataFolder">Created when missing.</param>
    /// <param name="journal">As <c>--journal</c> takes it.</param>
    /// <exception cref="IOException">It ended before it was ready.</exception>
    public static ParleyProcess Start(string executable, string dataFolder, string journal) => Start(executable, dataFolder, ["--journal", journal]);

    /// <param name="executable">A published <c>parley</c>.</param>
    /// <param name="dataFolder">Created when missing.</param>
    /// <param name="database">What it shares with other nodes, as <c>--cluster</c> takes it.</param>
    /// <param name="between">Where they reach it.</param>
    /// <exception cref="IOException">It ended before it was ready.</exception>
    public static ParleyProcess StartNode(string executable, string dataFolder, string database, IPEndPoint between) =>
        Start(executable, dataFolder, ["--cluster", database, "--between", $"{between}"]);

    private static ParleyProcess Start(string executable, string dataFolder, string[] storage)
    {
        var start = new ProcessStartInfo(
            executable, ["serve", "--data", dataFolder, "--http", "127.0.0.1:0", "--https", "127.0.0.1:0", "--limits", "off", .. storage])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsTuning).ToArray()) start.Environment.Remove(name);

        var errors = new Queue<string>();
        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => Remember(errors, line.Data);
        process.BeginErrorReadLine();
        string? line;
        do line = process.StandardOutput.ReadLine();
        while (line is not null and not ReadyLine);
        var elapsed = Stopwatch.GetElapsedTime(began);
        if (line is null)
        {
            process.WaitForExit();
            throw new IOException($"parley ended with {process.ExitCode} before it was ready:\n{string.Join('\n', errors)}");
        }

        using var running = JsonDocument.Parse(File.ReadAllText(Path.Combine(dataFolder, "server.json")));
        return new ParleyProcess(process)
        {
            TimeToReady = elapsed,
            Http = IPEndPoint.Parse(new Uri(Member("url")).Authority),
            Https = HttpsOf(dataFolder),
            OperatorToken = Member("operatorToken"),
        };

        string Member(string name) => running.RootElement.GetProperty(name).GetString()!;
    }

    /// <summary>Ends it as an operator would.</summary>
    /// <exception cref="IOException">It did not end, or not well.</exception>
    public void Stop()
    {
        _ = Libc.Kill(Id, Libc.Terminate);
        if (!_process.WaitForExit(LongestStop)) throw new IOException("parley did not stop.");
        if (_process.ExitCode != 0) throw new IOException($"parley ended with {_process.ExitCode}.");
    }

    public void Dispose()
    {
        if (!RunningPeers.Remove(this)) return;
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    // lp.env names the address for programs.
    private static IPEndPoint HttpsOf(string dataFolder)
    {
        const string Variable = "LP_CSDS=";
        return IPEndPoint.Parse(File.ReadLines(Path.Combine(dataFolder, "lp.env")).First(line => line.StartsWith(Variable, StringComparison.Ordinal))[Variable.Length..]);
    }

    // The server runs as it does for its users, whatever this shell has set.
    private static bool IsTuning(string name) =>
        name.StartsWith("PARLEY_", StringComparison.Ordinal)
        || (name.StartsWith("DOTNET_", StringComparison.Ordinal) && !name.StartsWith("DOTNET_ROOT", StringComparison.Ordinal));

    private static void Remember(Queue<string> lines, string? line)
    {
        if (line is null) return;
        lock (lines)
        {
            lines.Enqueue(line);
            if (lines.Count > 20) lines.Dequeue();
        }
    }
}
