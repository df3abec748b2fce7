using System.Diagnostics;
using System.Globalization;
using Parley.Tests.Shell;

namespace Parley.Tests.Commands;

/// <summary><c>parley serve</c> as a process of its own.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    private readonly ParleyProcess _process;

    private ServeProcess(ParleyProcess process) => _process = process;

    public List<string> Welcome { get; } = [];

    public static async Task<ServeProcess> StartAsync(string folder, params string[] more)
    {
        var serve = new ServeProcess(ParleyProcess.Start(["serve", "--data", folder, "--http", "127.0.0.1:0", "--https", "127.0.0.1:0", .. more]));
        while (await serve._process.ReadLineAsync() is { } line)
        {
            serve.Welcome.Add(line);
            if (line == "Parley is ready")
            {
                return serve;
            }
        }

        throw new InvalidOperationException((await serve._process.EndAsync()).Error);
    }

    /// <returns>The exit code, what was printed after the welcome, and the log.</returns>
    public async Task<(int ExitCode, string Output, string Log)> SignalAsync(string signal)
    {
        using (var kill = Process.Start("kill", ["-s", signal, _process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        return await _process.EndAsync();
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
