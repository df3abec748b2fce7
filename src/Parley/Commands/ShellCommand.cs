using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Parley.Server.Hosting;
using Parley.Shell;

namespace Parley.Commands;

/// <summary><c>parley shell</c>: a shell with the variables of <c>lp.env</c>, in which the tutorial's command lines work as they are written.</summary>
public static class ShellCommand
{
    private static readonly Option<DirectoryInfo> Data = new("--data")
    {
        Description = "The data folder of the server.",
        HelpName = "dir",
        DefaultValueFactory = _ => new("data"),
    };

    private static readonly Option<string?> CommandText = new("--command", "-c") { Description = "Run this command and end with its exit status.", HelpName = "command" };

    /// <summary>The command, to be added to the root command.</summary>
    public static Command Create()
    {
        var command = new Command("shell", "Start a shell with the server's addresses and tokens, and wscat.") { Data, CommandText };
        // Not asynchronous: the command line library would end this process on Ctrl-C, which belongs to the shell.
        command.SetAction(arguments => Run(arguments.GetRequiredValue(Data), arguments.GetValue(CommandText)));
        return command;
    }

    private static int Run(DirectoryInfo data, string? command)
    {
        string file = new DataFolder(data.FullName).EnvironmentFile;
        if (!File.Exists(file))
        {
            Console.Error.WriteLine($"There is no {file}: start `parley serve --data {data}` first.");
            return 1;
        }
        using PosixSignalRegistration interrupt = Ignore(PosixSignal.SIGINT);
        using PosixSignalRegistration quit = Ignore(PosixSignal.SIGQUIT);
        using Process shell = Process.Start(Start(data, EnvironmentFile.Read(file), command))!;
        shell.WaitForExit();
        return shell.ExitCode;
    }

    private static ProcessStartInfo Start(DirectoryInfo data, IReadOnlyDictionary<string, string> variables, string? command)
    {
        ProcessStartInfo start = command is not null ? new("/bin/sh", ["-c", command])
            : new(Environment.GetEnvironmentVariable("SHELL") is { Length: > 0 } own ? own : "/bin/sh");
        foreach ((string name, string value) in variables) start.Environment[name] = value;
        string tools = ToolFolder.Prepare(Path.Combine(data.FullName, "bin"), ToolFolder.ThisProgram());
        start.Environment["PATH"] = $"{tools}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment[CommandHistory.FileVariable] = Path.Combine(data.FullName, "connect_history");
        return start;
    }

    private static PosixSignalRegistration Ignore(PosixSignal signal) => PosixSignalRegistration.Create(signal, context => context.Cancel = true);
}
