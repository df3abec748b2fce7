using System.Diagnostics;

namespace Parley.Tests.Commands;

/// <summary><c>parley serve</c> as a process of its own.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;

    private ServeProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    public List<string> Welcome { get; } = [];

    public static async Task<ServeProcess> StartAsync(string folder, params string[] more)
    {
        var serve = new ServeProcess(Cli.Start(["serve", "--data", folder, "--http", "127.0.0.1:0", "--https", "127.0.0.1:0", .. more]));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await serve._process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            serve.Welcome.Add(line);
            if (line == "Parley is ready")
            {
                return serve;
            }
        }

        throw new InvalidOperationException(await serve._error);
    }

    /// <returns>The exit code, what was printed after the welcome, and the log.</returns>
    public async Task<(int ExitCode, string Output, string Log)> SignalAsync(string signal)
    {
        using (var kill = Process.Start("kill", ["-s", signal, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        var output = await _process.StandardOutput.ReadToEndAsync();
        await Cli.ExitAsync(_process);
        return (_process.ExitCode, output, await _error);
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        return ValueTask.CompletedTask;
    }
}
