using System.CommandLine;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Parley.Cluster.Hosting;
using Parley.Server.Hosting;

namespace Parley.Commands;

/// <summary><c>parley serve</c>: runs the server until SIGTERM or Ctrl-C.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Run the server. Options can also be given as PARLEY_... variables or in appsettings.json.");
        var settings = new Dictionary<string, Option<string?>>
        {
            ["Data"] = new("--data") { Description = "Folder of everything that is kept (data).", HelpName = "DIR" },
            ["Http"] = new("--http") { Description = "HTTP listener (127.0.0.1:8080); port 0 picks a free one.", HelpName = "ADDR:PORT" },
            ["Https"] = new("--https") { Description = "HTTPS listener (127.0.0.1:8443); port 0 picks a free one.", HelpName = "ADDR:PORT" },
            ["PublicHost"] = new("--public-host") { Description = "Host by which clients reach the HTTPS listener.", HelpName = "HOST[:PORT]" },
            ["Certificate:Path"] = new("--certificate") { Description = "PEM or PKCS #12 file; without it a private CA makes one.", HelpName = "FILE" },
            ["Certificate:KeyPath"] = new("--certificate-key") { Description = "PEM private key of the certificate.", HelpName = "FILE" },
            ["Certificate:PasswordPath"] = new("--certificate-password") { Description = "File with the password of a PKCS #12 file.", HelpName = "FILE" },
            ["Limits:RateLimits"] = new("--limits") { Description = "Rate limits; off is for measuring only.", HelpName = "on|off" },
            ["Journal"] = new("--journal") { Description = "Where conversations are kept; none is for measuring only.", HelpName = "sqlite|none" },
            ["Cluster"] = new("--cluster") { Description = "Share this PostgreSQL database with other nodes. No password in it: that comes as PGPASSWORD, from a file or pgpass.", HelpName = "\"Host=...;Database=...\"" },
            ["Between"] = new("--between") { Description = "Address and port where the other nodes reach this one.", HelpName = "ADDR:PORT" },
            ["Site"] = new("--site") { Description = "Folder with the built pages (site beside the executable); empty for none.", HelpName = "DIR" },
            ["Demo"] = new("--demo") { Description = "Fill a new demo account and tell its logins to browsers on this machine; loopback only.", HelpName = "on|off", Arity = ArgumentArity.ZeroOrOne },
            ["Log"] = new("--log") { Description = "Format of log lines on standard error.", HelpName = "text|json" },
        };
        settings["Limits:RateLimits"].AcceptOnlyFromAmong("on", "off");
        settings["Demo"].AcceptOnlyFromAmong("on", "off");
        settings["Journal"].AcceptOnlyFromAmong("sqlite", "none");
        settings["Log"].AcceptOnlyFromAmong("text", "json");
        foreach (var option in settings.Values)
        {
            command.Add(option);
        }

        var others = new Option<string[]>("--set") { Description = "Any other setting, e.g. Limits:TextCharacters=4000.", HelpName = "NAME=VALUE" };
        others.Validators.Add(result =>
        {
            foreach (var text in result.Tokens.Select(token => token.Value).Where(text => text.IndexOf('=') <= 0)) result.AddError($"{text} is not NAME=VALUE.");
        });
        command.Add(others);
        command.SetAction(parsed => RunAsync(settings
            .Select(setting => KeyValuePair.Create(setting.Key, ValueOf(setting.Key, parsed.GetValue(setting.Value) ?? (parsed.GetResult(setting.Value) is { Implicit: false } ? "on" : null))))
            .Where(setting => setting.Value is not null)
            .Concat((parsed.GetValue(others) ?? []).Select(text => text.Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0], (string?)parts[1])))));
        return command;
    }

    private static string? ValueOf(string key, string? given) => key is "Limits:RateLimits" or "Demo" && given is not null ? (given == "on").ToString() : given;

    private static async Task<int> RunAsync(IEnumerable<KeyValuePair<string, string?>> given)
    {
        using var stop = new StopSignals();
        try
        {
            var options = ServerConfiguration.Load(given, Environment.GetEnvironmentVariables());
            if (options.Cluster is not null) return await ServeNodeAsync(options, stop.Asked);
            await using var server = new ParleyServer(options, logging: logging => AddConsole(logging, options.Log));
            await ServeAsync(options, server, stop.Asked);
            return 0;
        }
        catch (Exception e) when (e is IOException or FormatException or InvalidDataException or InvalidOperationException or UnauthorizedAccessException or CryptographicException or DbException)
        {
            Console.Error.WriteLine($"parley: {e.Message}");
            return 1;
        }
    }

    // In a method of its own: a server that is alone loads nothing of what this needs.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> ServeNodeAsync(ServerOptions options, Task stopped)
    {
        await using var cluster = new ClusterServer(options, logging => AddConsole(logging, options.Log));
        await ServeAsync(options, cluster.Server, Task.WhenAny(stopped, cluster.Dead));
        if (!cluster.Dead.IsCompleted) return 0;
        Console.Error.WriteLine("parley: the other nodes have declared this one dead; start it again");
        return ClusterServer.DeadExitCode;
    }

    private static async Task ServeAsync(ServerOptions options, ParleyServer server, Task stopped)
    {
        Welcome(options, await server.StartAsync());
        await stopped;
        await server.StopAsync();
    }

    private static void AddConsole(ILoggingBuilder logging, LogFormat format)
    {
        // Standard output is for the welcome block alone.
        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (format == LogFormat.Json)
        {
            logging.AddJsonConsole();
        }
        else
        {
            logging.AddSimpleConsole(console => (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, "yyyy-MM-ddTHH:mm:ss.fffZ "));
        }
    }

    private static void Welcome(ServerOptions options, BoundServer bound) => Console.Out.Write(
        $"""
        Parley serves account {bound.Account ?? "(none enabled)"}
          HTTPS  https://{bound.PublicAddress}   (trust {bound.TrustFile})
          HTTP   http://{bound.Http}{(options.Demo ? "   (open it in a browser: the demo)" : "")}
          Login names, passwords and a consumer token: {Path.Combine(Path.GetFullPath(options.Data), "lp.env")}
        Parley is ready

        """);
}
