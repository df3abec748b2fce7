using System.Diagnostics;
using System.Text;
using Parley.Client.Tests.Peer;

namespace Parley.Tests.Shell;

/// <summary>The executable, run as users run it.</summary>
internal sealed class ParleyProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;

    private ParleyProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public StreamWriter Input => _process.StandardInput;

    public static ParleyProcess Start(params string[] arguments) => Start(null, arguments);

    public static ParleyProcess Start(IReadOnlyDictionary<string, string>? environment, params string[] arguments) =>
        Start(environment, Executable.Program, [.. Executable.First, .. arguments]);

    /// <summary>Runs the executable on a terminal of its own; what the terminal shows is the output.</summary>
    public static ParleyProcess StartOnTerminal(IReadOnlyDictionary<string, string> environment, string arguments) =>
        Start(environment, "script", ["-qec", $"{Executable.CommandLine} {arguments}", "/dev/null"]);

    /// <summary>Reads the output until a text has come, and returns all up to its end.</summary>
    public async Task<string> ReadUntilAsync(string text)
    {
        var seen = new StringBuilder();
        char[] next = new char[1];
        while (!seen.ToString().EndsWith(text, StringComparison.Ordinal))
        {
            if (await _process.StandardOutput.ReadAsync(next).AsTask().Within() == 0) throw new InvalidOperationException($"The output ended: {seen}");
            seen.Append(next[0]);
        }
        return seen.ToString();
    }

    private static ParleyProcess Start(IReadOnlyDictionary<string, string>? environment, string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>What Ctrl-C at the terminal does.</summary>
    public void Interrupt() => Process.Start("kill", ["-INT", $"{_process.Id}"]).WaitForExit();

    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync().Within();

    /// <summary>The rest of the output, once the process has ended.</summary>
    public async Task<(int Status, string Output, string Error)> EndAsync()
    {
        string output = await _process.StandardOutput.ReadToEndAsync().Within();
        await _process.WaitForExitAsync().Within();
        return (_process.ExitCode, output, await _error.Within());
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
        return ValueTask.CompletedTask;
    }
}
