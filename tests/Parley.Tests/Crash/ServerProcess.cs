using System.Diagnostics;
using Parley.Client;

namespace Parley.Tests.Crash;

/// <summary>
/// <c>parley serve</c> as a process of its own on a folder that outlives it: to be killed and started again.
/// </summary>
internal sealed class ServerProcess(string folder) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Process? _process;
    private Task<string> _error = Task.FromResult("");
    private string _http = "127.0.0.1:0";
    private string _https = "127.0.0.1:0";

    /// <summary>The account <c>demo</c> over plain HTTP; known once the server was ready.</summary>
    public ParleyEndpoints Endpoints => ParleyEndpoints.At(new Uri($"http://{_http}"), "demo");

    /// <summary>The longest that any start took from the process's beginning to readiness.</summary>
    public TimeSpan LongestStart { get; private set; }

    /// <summary>The most processor time that any start took: what it costs, however busy the machine is.</summary>
    public TimeSpan CostliestStart { get; private set; }

    /// <summary>Begins to start on the folder, where the server has been before on the same ports.</summary>
    public void Launch()
    {
        // The clients publish as fast as they are answered.
        _process = Process.Start(Start("serve", "--data", folder, "--http", _http, "--https", _https, "--set", "Limits:RateLimits=false"))!;
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Waits until the process launched says that it is ready.</summary>
    public async Task ReadyAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        List<string> lines = [];
        while (lines.LastOrDefault() != "Parley is ready")
        {
            lines.Add(await _process!.StandardOutput.ReadLineAsync(patience.Token)
                ?? throw new InvalidOperationException($"The server ended before it was ready: {await _error}"));
        }

        TimeSpan took = DateTime.Now - _process!.StartTime;
        _process.Refresh();
        (LongestStart, CostliestStart) = (Longer(LongestStart, took), Longer(CostliestStart, _process.TotalProcessorTime));
        (_https, _http) = (Address(lines, "https://"), Address(lines, "http://"));
    }

    public Task StartAsync()
    {
        Launch();
        return ReadyAsync();
    }

    /// <summary>Ends the process with no chance to do anything about it.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Asks the process to end, as a service manager does.</summary>
    public void Terminate()
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>The exit status and what was written to the error output, once the process has ended.</summary>
    public async Task<(int Status, string Error)> EndedAsync()
    {
        await _process!.WaitForExitAsync().WaitAsync(Patience);
        return (_process.ExitCode, await _error);
    }

    public string Variable(string name) =>
        File.ReadLines(Path.Combine(folder, "lp.env")).Single(line => line.StartsWith($"{name}=", StringComparison.Ordinal))[(name.Length + 1)..];

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) await KillAsync();
        _process?.Dispose();
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static ProcessStartInfo Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable.Program, [.. Executable.First, .. arguments]);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        return start;
    }

    private static string Address(List<string> lines, string scheme)
    {
        string after = lines.Single(line => line.Contains($" {scheme}", StringComparison.Ordinal)).Split(scheme)[1];
        return after.Split(' ')[0];
    }
}
