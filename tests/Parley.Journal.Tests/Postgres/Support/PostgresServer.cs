using System.Diagnostics;

namespace Parley.Journal.Tests.Postgres.Support;

/// <summary>A PostgreSQL server of the tests' own, in a folder of its own; <c>.ci/postgres</c> knows how.</summary>
internal sealed class PostgresServer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-postgres-").FullName;
    private readonly IReadOnlyList<string> _enter;
    private bool _isUp;

    /// <param name="enter">The beginning of a command line that runs something where the server is to run; nothing for here.</param>
    public PostgresServer(params IReadOnlyList<string> enter)
    {
        _enter = enter;
        Start();
    }

    /// <summary>Whether PostgreSQL is installed: without it these tests are skipped.</summary>
    public static bool IsInstalled => Directory.Exists("/usr/lib/postgresql");

    /// <summary>By the socket in its folder, once it was started.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Takes connections to an address too, from a network that it trusts.</summary>
    public void Listen(string address, string network)
    {
        File.AppendAllText(Path.Combine(_folder, "data", "pg_hba.conf"), $"host all all {network} trust\n");
        Stop();
        Start($"-c listen_addresses={address}");
    }

    public void Start(string options = "")
    {
        ConnectionString = Run("start", options).Trim();
        _isUp = true;
    }

    /// <summary>Ends it in good order.</summary>
    public void Stop()
    {
        Run("stop");
        _isUp = false;
    }

    /// <summary>Kills all its processes at once.</summary>
    public void Kill()
    {
        Run("kill");
        _isUp = false;
    }

    public void Dispose()
    {
        if (_isUp) Kill();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Parley.slnx"))) folder = Path.GetDirectoryName(folder.TrimEnd('/'))!;
        return folder;
    }

    // The server inherits what pg_ctl has: its standard output ends with the script's only because pg_ctl sends it to the log.
    private string Run(string command, string options = "")
    {
        string[] line = [.. _enter, Path.Combine(Root(), ".ci", "postgres"), command, _folder];
        var start = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PARLEY_TEST_POSTGRES_OPTIONS"] = options;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($".ci/postgres {command}: {error.Result}");
    }
}
