using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Parley.Client.Tests.Peer;

/// <summary>
/// The other end of the wire, played by a test: it accepts sockets, shows what the client sends, and says what the test tells it to say. HTTP requests
/// beside the sockets (discovery, signup, login) are answered by <see cref="Http"/> and recorded.
/// </summary>
public sealed class ScriptedPeer : IAsyncDisposable
{
    public const string Account = "demo1";

    private readonly WebApplication _app;
    private readonly Channel<PeerSocket> _accepted = Channel.CreateUnbounded<PeerSocket>();
    private readonly Channel<int> _refusals = Channel.CreateUnbounded<int>();

    private ScriptedPeer(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    public ParleyEndpoints Endpoints => ParleyEndpoints.At(Address, Account);

    /// <summary>Answers requests other than upgrades: path in, status and JSON out. Null leaves 404.</summary>
    public Func<string, JsonElement, (int Status, string Body)?> Http { get; set; } = (_, _) => null;

    /// <summary>The paths and bodies of the requests <see cref="Http"/> saw.</summary>
    public List<(string Path, JsonElement Body)> HttpRequests { get; } = [];

    public static async Task<ScriptedPeer> StartAsync(X509Certificate2? certificate = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null) listen.UseHttps(certificate);
        }));
        WebApplication app = builder.Build();
        var peer = new ScriptedPeer(app);
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        app.Run(peer.HandleAsync);
        await app.StartAsync();
        string address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        peer.Address = new Uri(address);
        return peer;
    }

    /// <summary>The next upgrade is answered with this status instead of 101.</summary>
    public void RefuseNextUpgrade(int status) => _refusals.Writer.TryWrite(status);

    /// <summary>The next socket, as the upgrade left it.</summary>
    public async Task<PeerSocket> AcceptRawAsync() => await _accepted.Reader.ReadAsync().AsTask().Within();

    /// <summary>The next socket, after the greeting with which every client begins: a GetClock.</summary>
    public async Task<PeerSocket> AcceptAsync()
    {
        PeerSocket socket = await AcceptRawAsync();
        await socket.AnswerAsync(await socket.ReceiveAsync("GetClock"), """{"currentTime":1767225600000}""");
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await AnswerHttpAsync(context);
            return;
        }
        if (_refusals.Reader.TryRead(out int status))
        {
            context.Response.StatusCode = status;
            return;
        }
        var offered = context.WebSockets.WebSocketRequestedProtocols;
        using var socket = new PeerSocket(await context.WebSockets.AcceptWebSocketAsync(offered.FirstOrDefault()), context);
        _accepted.Writer.TryWrite(socket);
        await socket.Ended.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AnswerHttpAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        JsonElement json = body.Length == 0 ? default : JsonElement.Parse(body.ToArray());
        string path = context.Request.Path;
        lock (HttpRequests) HttpRequests.Add((path, json));
        (int status, string answer) = Http(path, json) ?? (404, "{}");
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        if (path.EndsWith("/login", StringComparison.Ordinal)) context.Response.Headers.SetCookie = "session_id=s1; Path=/; HttpOnly";
        await context.Response.WriteAsync(answer);
    }
}
