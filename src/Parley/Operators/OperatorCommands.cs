using System.CommandLine;
using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Server.Admin;
using Parley.Server.Hosting;
using Parley.Server.Identity;

namespace Parley.Operators;

/// <summary>What all operator commands share: the folder, the account, the output and the exit code.</summary>
internal static class OperatorCommands
{
    public static Option<string> Data() => new("--data") { Description = "The server's data folder (data).", HelpName = "DIR", DefaultValueFactory = _ => "data" };

    public static Option<string?> Account() => new("--account") { Description = "The account; by default the only one, or demo.", HelpName = "ID" };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON." };

    public static Option<string> Login() => new("--login") { Description = "The agent's login name.", HelpName = "LOGIN", Required = true };

    public static Option<bool> PasswordStdin() => new("--password-stdin") { Description = "Read the password from standard input instead of generating one." };

    /// <summary>An argument of several <c>NAME=VALUE</c>.</summary>
    public static Argument<string[]> Assignments(string name, string description, ArgumentArity arity) => new(name) { Description = description, Arity = arity };

    /// <summary>What was assigned; a name given twice takes its last value.</summary>
    /// <exception cref="RefusedException">One is no assignment.</exception>
    public static IReadOnlyDictionary<string, string> Split(string[]? assignments)
    {
        var values = new Dictionary<string, string>();
        foreach (var assignment in assignments ?? [])
        {
            var equals = assignment.IndexOf('=', StringComparison.Ordinal);
            values[equals > 0 ? assignment[..equals] : throw new RefusedException($"{assignment} is not NAME=VALUE.")] = assignment[(equals + 1)..];
        }

        return values;
    }

    /// <summary>Adds options to a command and makes it run one operation and print its result.</summary>
    public static Command Runs<TRequest, TResult>(
        this Command command, Operation<TRequest, TResult> operation, Func<ParseResult, TRequest> request, Action<TResult> print, params Option[] options)
        where TRequest : class
        where TResult : class
    {
        var data = Data();
        var json = Json();
        foreach (var option in (Option[])[data, json, .. options])
        {
            command.Add(option);
        }

        command.SetAction(parsed => ReportAsync(async () =>
        {
            await using var op = await OpenAsync(parsed.GetValue(data)!);
            var result = await op.RunAsync(operation, request(parsed));
            if (parsed.GetValue(json)) Console.Out.WriteLine(JsonSerializer.Serialize(result, operation.ResultType()));
            else print(result);
        }));
        return command;
    }

    /// <summary>Adds options to a command and makes it ask the running server about an account and print the answer.</summary>
    public static Command Asks<TAnswer>(
        this Command command, Func<AccountAdmin, ParseResult, Task<TAnswer>> ask, Func<JsonTypeInfo<TAnswer>> type, Action<TAnswer> print, params Option[] options)
    {
        var data = Data();
        var account = Account();
        var json = Json();
        foreach (var option in (Option[])[data, account, json, .. options])
        {
            command.Add(option);
        }

        command.SetAction(parsed => ReportAsync(async () =>
        {
            await using var op = await OpenAsync(parsed.GetValue(data)!);
            var remote = op as RemoteOperator ?? throw new RefusedException($"No server runs on {Path.GetFullPath(parsed.GetValue(data)!)}; this asks a running one.");
            var answer = await ask(await remote.AdminOfAsync(parsed.GetValue(account)), parsed);
            if (parsed.GetValue(json)) Console.Out.WriteLine(JsonSerializer.Serialize(answer, type()));
            else print(answer);
        }));
        return command;
    }

    /// <summary>The first line of standard input: secrets are never arguments, which every user of the machine can read.</summary>
    public static string SecretFromInput() => Console.In.ReadLine() is { Length: > 0 } line
        ? line
        : throw new RefusedException("Standard input is empty.");

    private static async Task<int> ReportAsync(Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (Exception e) when (e is RefusedException or IOException or HttpRequestException or DbException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"parley: {e.Message}");
            return 1;
        }
    }

    private static async Task<IOperator> OpenAsync(string data)
    {
        var folder = new DataFolder(Path.GetFullPath(data));
        if (!File.Exists(folder.Accounts))
        {
            // A node keeps its accounts elsewhere: only while it runs can it be asked.
            return RunningServer.Read(folder) is { } node ? new RemoteOperator(node)
                : throw new RefusedException($"{folder.Path} is no data folder, or its node does not run; 'parley serve --data {data}' makes one.");
        }

        var options = ServerConfiguration.Load([new("Data", folder.Path)], Environment.GetEnvironmentVariables()).Identity;
        return await OfflineOperations.TryOpenAsync(folder, options, TimeProvider.System) is { } offline ? new LocalOperator(offline)
            : RunningServer.Read(folder) is { } server ? new RemoteOperator(server)
            : throw new RefusedException($"The data folder {folder.Path} is in use, but its server takes no commands now.");
    }
}
