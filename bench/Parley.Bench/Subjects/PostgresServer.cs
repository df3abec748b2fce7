using System.Diagnostics;
using System.Net;

namespace Parley.Bench.Subjects;

/// <summary>PostgreSQL with a cluster of its own, which syncs each commit.</summary>
internal sealed class PostgresServer : IDisposable
{
    private const int Interrupt = 2;
    private const string User = "parley";

    private readonly PeerProcess _process;
    private readonly string _programs;

    /// <param name="folder">Made; must be reachable by the user postgres when the bench runs as root.</param>
    public PostgresServer(string folder)
    {
        _programs = Directory.EnumerateDirectories("/usr/lib/postgresql").Order().Last() + "/bin";
        Directory.CreateDirectory(folder);
        var isRoot = Environment.UserName == "root";
        if (isRoot) Run("chown", "postgres", folder);
        // PostgreSQL refuses to run as root.
        string[] asUser = isRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : ["env"];
        Run(asUser[0], [.. asUser[1..], $"{_programs}/initdb", "-D", folder, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C"]);
        At = PeerProcess.FreePort();
        _process = new PeerProcess(asUser[0], [
            .. asUser[1..], $"{_programs}/postgres", "-D", folder, "-h", "127.0.0.1", "-p", $"{At.Port}", "-k", "",
            "-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "full_page_writes=on"], stopSignal: Interrupt);
        _process.AwaitListening(At);
    }

    public int Id => _process.Id;

    public IPEndPoint At { get; }

    /// <summary>Reaches a database of it, in Npgsql's form.</summary>
    public string Connection(string database) => $"Host={At.Address};Port={At.Port};Username={User};Database={database}";

    /// <summary>Makes a database and does more in it.</summary>
    /// <param name="database">Its name.</param>
    /// <param name="more">Arguments of psql.</param>
    public void Create(string database, params string[] more)
    {
        string[] server = ["-h", "127.0.0.1", "-p", $"{At.Port}", "-U", User, "-q", "-v", "ON_ERROR_STOP=1"];
        for (var left = 50; ; left--)
        {
            try
            {
                Run($"{_programs}/psql", [.. server, "-d", "postgres", "-c", $"create database {database}"]);
                break;
            }
            catch (IOException) when (left > 0)
            {
                Thread.Sleep(100); // It listens before it is ready.
            }
        }

        if (more.Length > 0) Run($"{_programs}/psql", [.. server, "-d", database, .. more]);
    }

    public void Dispose() => _process.Dispose();

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new IOException($"{program} failed: {errors.Trim()}");
    }
}
