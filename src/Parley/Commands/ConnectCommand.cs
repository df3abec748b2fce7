using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Parley.Client;
using Parley.Shell;

namespace Parley.Commands;

/// <summary><c>parley connect</c>: a WebSocket on the command line, with wscat's options and a keep-alive.</summary>
public static class ConnectCommand
{
    private static readonly Option<Uri> Address = new("--connect", "-c")
    {
        Description = "The ws: or wss: address to connect to.",
        HelpName = "url",
        Required = true,
        CustomParser = result => Parse(result, ConnectOptions.ParseAddress),
    };

    private static readonly Option<string[]> Header = new("--header", "-H") { Description = "A header of the upgrade request. Repeat for more.", HelpName = "name:value" };
    private static readonly Option<double?> KeepAlive = new("--keep-alive", "-k") { Description = "Ping every so many seconds.", HelpName = "seconds" };
    private static readonly Option<string[]> Execute = new("--execute", "-x") { Description = "Send this frame instead of reading the input. Repeat for more.", HelpName = "frame" };
    private static readonly Option<double?> Wait = new("--wait", "-w") { Description = "Stay so many seconds after the last frame is sent; -1 until the peer closes.", HelpName = "seconds" };
    private static readonly Option<string[]> Subprotocol = new("--subprotocol", "-s") { Description = "A subprotocol to offer. Repeat for more.", HelpName = "name" };
    private static readonly Option<string?> Auth = new("--auth") { Description = "Basic HTTP authentication.", HelpName = "user:password" };
    private static readonly Option<string?> Authority = new("--ca") { Description = "A PEM file with a certificate authority to trust.", HelpName = "file" };
    private static readonly Option<string?> Certificate = new("--cert") { Description = "A PEM file with a client certificate.", HelpName = "file" };
    private static readonly Option<string?> Key = new("--key") { Description = "A PEM file with the client certificate's key.", HelpName = "file" };
    private static readonly Option<string?> Passphrase = new("--passphrase") { Description = "The passphrase of the key.", HelpName = "text" };
    private static readonly Option<bool> NoCheck = new("--no-check", "-n") { Description = "Accept any certificate." };
    private static readonly Option<string?> Host = new("--host") { Description = "The Host header.", HelpName = "name" };
    private static readonly Option<string?> Origin = new("--origin", "-o") { Description = "The Origin header.", HelpName = "origin" };
    private static readonly Option<int?> Protocol = new("--protocol", "-p") { Description = "The WebSocket protocol version; only 13 exists.", HelpName = "version" };
    private static readonly Option<bool> FollowRedirects = new("--location", "-L") { Description = "Follow redirects." };
    private static readonly Option<int> MaxRedirects = new("--max-redirects") { Description = "How many redirects to follow.", HelpName = "count", DefaultValueFactory = _ => 10 };
    private static readonly Option<Uri?> Proxy = new("--proxy") { Description = "Connect through a proxy.", HelpName = "url" };
    private static readonly Option<bool> ShowPings = new("--show-ping-pong", "-P") { Description = "Say when a ping or pong arrives." };
    private static readonly Option<bool> Slash = new("--slash") { Description = "Obey /ping [data], /pong [data], /close [code [reason]]." };
    private static readonly Option<bool> NoColor = new("--no-color") { Description = "Print without colours." };

    /// <summary>The command, to be added to the root command.</summary>
    public static Command Create()
    {
        var command = new Command("connect", "Open a WebSocket: send lines, print frames (wscat's options).")
        {
            Address, Header, KeepAlive, Execute, Wait, Subprotocol, Auth, Authority, Certificate, Key, Passphrase, NoCheck, Host, Origin, Protocol,
            FollowRedirects, MaxRedirects, Proxy, ShowPings, Slash, NoColor,
        };
        Header.Validators.Add(result => Check(result, ConnectOptions.ParseHeader));
        Allow(KeepAlive, seconds => seconds > 0, "The keep-alive is a number of seconds above 0.");
        Allow(Protocol, version => version == 13, "Only version 13 of the WebSocket protocol exists (RFC 6455).");
        command.SetAction((arguments, _) => RunAsync(arguments));
        return command;
    }

    /// <summary>What the command line asks for.</summary>
    public static ConnectOptions Read(ParseResult arguments)
    {
        List<KeyValuePair<string, string>> headers = [.. (arguments.GetValue(Header) ?? []).Select(ConnectOptions.ParseHeader)];
        if (arguments.GetValue(Auth) is { } auth) headers.Add(new("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(auth))));
        if (arguments.GetValue(Host) is { } host) headers.Add(new("Host", host));
        if (arguments.GetValue(Origin) is { } origin) headers.Add(new("Origin", origin));
        return new()
        {
            Address = arguments.GetRequiredValue(Address),
            Headers = headers,
            Subprotocols = arguments.GetValue(Subprotocol) ?? [],
            Execute = arguments.GetValue(Execute) ?? [],
            Wait = arguments.GetValue(Wait) is { } wait ? TimeSpan.FromSeconds(wait) : null,
            Ping = arguments.GetValue(KeepAlive) is { } ping ? TimeSpan.FromSeconds(ping) : null,
            ShowPings = arguments.GetValue(ShowPings),
            SlashCommands = arguments.GetValue(Slash),
            Color = !arguments.GetValue(NoColor),
        };
    }

    private static async Task<int> RunAsync(ParseResult arguments)
    {
        // The connection is closed, not dropped, and the status is a success: it is how a session ends.
        using var stop = new StopSignals();
        CancellationToken interrupt = stop.Token;
        ConnectOptions options = Read(arguments);
        bool isTyped = !Console.IsInputRedirected && !Console.IsOutputRedirected && options.Execute.Count == 0;
        TerminalPrompt? terminal = isTyped ? new(new CommandHistory(CommandHistory.DefaultFile(Environment.GetEnvironmentVariable))) : null;
        var printer = new FramePrinter(Console.Out, Console.Error, terminal, options.Color);
        try
        {
            using SocketsHttpHandler handler = Handler(arguments);
            using var http = new HttpMessageInvoker(handler);
            var upgrade = new ParleySocketOptions();
            foreach (var header in options.Headers) upgrade.Headers.Add(header);
            foreach (string subprotocol in options.Subprotocols) upgrade.Subprotocols.Add(subprotocol);
            await using ParleySocket socket = await ParleySocket.ConnectAsync(options.Address, upgrade, http, interrupt);
            printer.Control("Connected (press CTRL+C to quit)");
            ILineSource input = terminal is null ? new PipedLines(Console.In) : terminal;
            SocketClosure? closure = await new ConnectSession(socket, options, input, printer, TimeProvider.System).RunAsync(interrupt);
            terminal?.Leave();
            if (closure is null or { Code: 1000 or 1005 })
            {
                printer.Control("Disconnected");
                return 0;
            }
            await Console.Error.WriteLineAsync($"Disconnected (code: {closure.Code}, reason: \"{closure.Reason}\")");
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (Exception e) when (e is ParleyException or IOException or System.Security.Cryptography.CryptographicException)
        {
            await Console.Error.WriteLineAsync($"error: {e.Message}");
            return 1;
        }
    }

    private static SocketsHttpHandler Handler(ParseResult arguments)
    {
        SocketsHttpHandler handler = arguments.GetValue(Authority) is { } file ? CertificateTrust.HandlerTrusting(file) : CertificateTrust.HandlerFromEnvironment();
        SslClientAuthenticationOptions tls = handler.SslOptions;
        if (arguments.GetValue(NoCheck)) tls.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        if (arguments.GetValue(Certificate) is { } certificate) tls.ClientCertificates = [LoadCertificate(certificate, arguments.GetValue(Key), arguments.GetValue(Passphrase))];
        handler.AllowAutoRedirect = arguments.GetValue(FollowRedirects);
        handler.MaxAutomaticRedirections = Math.Max(1, arguments.GetValue(MaxRedirects));
        if (arguments.GetValue(Proxy) is { } proxy) (handler.Proxy, handler.UseProxy) = (new System.Net.WebProxy(proxy), true);
        return handler;
    }

    private static X509Certificate2 LoadCertificate(string certificate, string? key, string? passphrase) => passphrase is null
        ? X509Certificate2.CreateFromPemFile(certificate, key)
        : X509Certificate2.CreateFromEncryptedPemFile(certificate, passphrase, key);

    private static T? Parse<T>(ArgumentResult result, Func<string, T> parse)
    {
        try
        {
            return parse(result.Tokens.Single().Value);
        }
        catch (FormatException e)
        {
            result.AddError(e.Message);
            return default;
        }
    }

    private static void Check<T>(OptionResult result, Func<string, T> parse)
    {
        try
        {
            foreach (Token token in result.Tokens) parse(token.Value);
        }
        catch (FormatException e)
        {
            result.AddError(e.Message);
        }
    }

    private static void Allow<T>(Option<T?> option, Func<T, bool> isGood, string complaint) where T : struct, IParsable<T> => option.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && T.TryParse(text, null, out T value) && !isGood(value)) result.AddError(complaint);
    });
}
