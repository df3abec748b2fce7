using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Parley.Server.Hosting;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Hosting;

/// <summary>A server on free ports and a folder of its own, with a client that trusts its authority.</summary>
public sealed class TestServer : IAsyncDisposable, ILoggerProvider, ILogger
{
    private readonly Action<ServerOptions>? _configure;
    private ParleyServer? _server;

    private TestServer(Action<ServerOptions>? configure) => _configure = configure;

    public string Folder { get; } = Directory.CreateTempSubdirectory("parley-test-").FullName;
    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);
    public ConcurrentQueue<string> Logs { get; } = new();
    public ParleyServer Server => _server!;
    public BoundServer Bound { get; private set; } = null!;
    public HttpClient Http { get; private set; } = null!;
    public IReadOnlyDictionary<string, string> Env => EnvironmentFile.Read(Path.Combine(Folder, "lp.env"));
    public string OperatorToken => RunningServer.Read(DataFolder.Open(Folder))!.OperatorToken;

    public static async Task<TestServer> StartAsync(Action<ServerOptions>? configure = null)
    {
        var server = new TestServer(configure);
        await server.OpenAsync();
        return server;
    }

    /// <summary>Stops, lets time pass (in which a server that ran would look around hundreds of millions of times), and starts again.</summary>
    public async Task RestartAsync(TimeSpan after = default)
    {
        await CloseAsync();
        Time.Advance(after);
        await OpenAsync();
    }

    public Task<HttpResponseMessage> LoginAsync(string login, string password, string account = "demo", string query = "?v=1.3") =>
        Http.PostAsync($"/api/account/{account}/login{query}", Json($$"""{"username":"{{login}}","password":"{{password}}"}"""));

    public async Task<JsonNode> OperateAsync(string operation, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/operator/{operation}") { Content = Json(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", OperatorToken);
        using var response = await Http.SendAsync(request);
        var answer = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        return response.IsSuccessStatusCode ? answer : throw new InvalidOperationException((string?)answer["error"]);
    }

    public static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(Folder, recursive: true);
    }

    ILogger ILoggerProvider.CreateLogger(string categoryName) => this;

    void IDisposable.Dispose()
    {
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Logs.Enqueue($"{logLevel} {eventId.Id} {formatter(state, exception)} {exception}");

    private async Task OpenAsync()
    {
        var options = TestOptions.In(Folder);
        _configure?.Invoke(options);
        _server = new ParleyServer(options, Time, logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(this));
        Bound = await _server.StartAsync();
        var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Folder, "ca.pem"));
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(authority);
        var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
        handler.SslOptions.CertificateChainPolicy = policy;
        Http = new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{Bound.Https.Port}") };
    }

    private async Task CloseAsync()
    {
        Http?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
