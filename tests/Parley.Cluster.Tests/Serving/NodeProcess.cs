using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Parley.Client;

namespace Parley.Cluster.Tests.Serving;

/// <summary><c>parley serve</c> as a process of its own.</summary>
/// <param name="database">What it shares with other nodes; null for a server that is alone.</param>
/// <param name="folder">Its data folder, which stays; null for one that goes with it.</param>
/// <param name="place">Where it runs; null for this machine's loopback.</param>
internal sealed class NodeProcess(string? database, string? folder = null, NodePlace? place = null) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly string _folder = folder ?? Directory.CreateTempSubdirectory("parley-node-").FullName;
    private readonly NodePlace _place = place ?? NodePlace.Loopback;
    private Process? _process;
    private Task<string> _error = Task.FromResult("");
    private Uri? _address;

    /// <summary>Where the other nodes reach it.</summary>
    public int Port { get; } = FreePort();

    /// <summary>Its HTTP listener.</summary>
    public Uri Address => _address!;

    public ParleyEndpoints Endpoints => ParleyEndpoints.At(_address!, "demo");

    /// <summary>What an operator shows to it.</summary>
    public string OperatorToken => (string)JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "server.json")))!["operatorToken"]!;

    /// <summary>What it has written to the error output; complete when it has ended.</summary>
    public Task<string> Error => _error;

    public int Id => _process!.Id;

    public bool HasEnded => _process!.HasExited;

    /// <summary>Starts it; returns when it takes work.</summary>
    public async Task StartAsync(params string[] more)
    {
        Launch(more);
        List<string> lines = [];
        using var patience = new CancellationTokenSource(Patience);
        while (lines.LastOrDefault() != "Parley is ready")
            lines.Add(await _process!.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException($"The node ended before it was ready: {await _error}"));
        _address = new Uri(lines.Single(line => line.Contains(" http://", StringComparison.Ordinal)).Split("  HTTP   ")[^1].Split(' ')[0]);
        await ReadyAsync();
    }

    /// <summary>Returns when it takes work.</summary>
    /// <exception cref="HttpRequestException">It has ended.</exception>
    public async Task ReadyAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var http = new HttpClient { BaseAddress = _address };
        for (var answer = HttpStatusCode.ServiceUnavailable; answer != HttpStatusCode.OK; answer = (await http.GetAsync("/readyz", patience.Token)).StatusCode)
            await Task.Delay(50, patience.Token);
    }

    /// <summary>Starts it without waiting for anything.</summary>
    public void Launch(params string[] more)
    {
        _process?.Dispose();
        string[] shared = database is null ? [] : ["--cluster", database, "--between", $"{_place.Address}:{Port}"];
        _process = Executable.Start(
            _place, ["serve", "--data", _folder, "--http", $"{_place.Address}:0", "--https", $"{_place.Address}:0", "--set", "Limits:RateLimits=false", .. shared, .. more]);
        _error = _process.StandardError.ReadToEndAsync();
    }

    public string? Variable(string name) => File.ReadLines(Path.Combine(_folder, "lp.env")).FirstOrDefault(line => line.StartsWith($"{name}=", StringComparison.Ordinal))?[(name.Length + 1)..];

    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process!.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Ends it with no chance to do anything about it.</summary>
    public Task KillAsync()
    {
        _process!.Kill();
        return EndedAsync();
    }

    /// <summary>Its exit code, once it has ended.</summary>
    public async Task<int> EndedAsync()
    {
        await _process!.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        if ((await _error).Contains(" fail: ", StringComparison.Ordinal)) TestContext.Current.TestOutputHelper?.WriteLine($"Node {Port}: {await _error}");
        _process?.Dispose();
        if (folder is null) Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
