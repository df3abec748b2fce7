using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Parley.Journal;
using Parley.Protocol;
using Parley.Server.Gateway;
using Parley.Server.Hosting;
using Parley.Server.Identity;

namespace Parley.Server.Tests.Support;

/// <summary>A server on free ports and a folder of its own, and the ways into it. Tests get an account each, so that one server serves many.</summary>
public sealed class MessagingServer : IAsyncLifetime, ILoggerProvider, ILogger
{
    private static int _accounts;

    private readonly string _folder = Directory.CreateTempSubdirectory("parley-test-").FullName;
    private readonly TimeProvider _time;
    private readonly Action<ServerOptions>? _configure;
    private readonly IJournal? _journal;
    private readonly MessageHandler? _messages;
    private ParleyServer? _server;

    /// <summary>With default options and a clock that stands still: nothing times out, however slow the machine.</summary>
    public MessagingServer()
        : this(time: null)
    {
    }

    private MessagingServer(TimeProvider? time, Action<ServerOptions>? configure = null, IJournal? journal = null, MessageHandler? messages = null) =>
        (_time, _configure, _journal, _messages) = (time ?? new FakeTimeProvider(DateTimeOffset.UtcNow), configure, journal, messages);

    public ParleyServer Server => _server!;
    public BoundServer Bound { get; private set; } = null!;
    public X509Certificate2 Authority { get; private set; } = null!;
    public HttpClient Http { get; private set; } = null!;
    public ConcurrentQueue<string> Logs { get; } = new();
    public string OperatorToken => RunningServer.Read(DataFolder.Open(_folder))!.OperatorToken;

    /// <summary>A server of its own for one test.</summary>
    internal static async Task<MessagingServer> StartAsync(Action<ServerOptions>? configure = null, TimeProvider? time = null, IJournal? journal = null, MessageHandler? messages = null)
    {
        var server = new MessagingServer(time, configure, journal, messages);
        await server.InitializeAsync();
        return server;
    }

    public async ValueTask InitializeAsync()
    {
        var options = TestOptions.In(_folder);
        _configure?.Invoke(options);
        _server = new ParleyServer(options, _time, logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(this)) { Journal = _journal, Messages = _messages };
        Bound = await _server.StartAsync();
        Authority = X509CertificateLoader.LoadCertificateFromFile(Bound.TrustFile);
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Bound.Http.Port}") };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Another account, which shares nothing with those of other tests.</summary>
    internal async Task<string> NewAccountAsync(AccountSettings? settings = null) =>
        (await Server.Identity.Accounts.AddAsync($"acc{Interlocked.Increment(ref _accounts)}", settings)).Id;

    /// <summary>A new consumer's token, by HTTP.</summary>
    internal async Task<string> SignupAsync(string account)
    {
        using var answer = await Http.PostAsync($"/api/account/{account}/signup", null);
        return (string)(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!["jwt"]!;
    }

    /// <summary>The <c>sub</c> of a token.</summary>
    internal static string SubjectOf(string jwt)
    {
        var claims = jwt.Split('.')[1];
        return (string)JsonNode.Parse(Convert.FromBase64String(claims))!["sub"]!;
    }

    /// <summary>A consumer with a token in the upgrade's header.</summary>
    internal async Task<WireClient> ConsumerAsync(string account, string? jwt = null)
    {
        jwt ??= await SignupAsync(account);
        var socket = await OpenAsync(ConsumerPath(account), $"Authorization: jwt {jwt}");
        return new WireClient(socket, Dialect.V3) { UserId = SubjectOf(jwt), OldId = SubjectOf(jwt) };
    }

    /// <summary>A new agent's or manager's login, by keys over HTTP.</summary>
    internal async Task<JsonNode> LoginAsync(string account, AgentRole role = AgentRole.Agent, string? login = null, int slots = NewAgent.DefaultSlots, IReadOnlyList<string>? skills = null)
    {
        login ??= $"bot{Guid.NewGuid():N}";
        var agent = await Server.Identity.Agents.AddAsync(new NewAgent(account, login, role, PasswordHash: "none", skills ?? []) { MaxSlots = slots });
        var keys = await Server.Identity.Agents.AddKeysAsync(agent);
        var body = new { username = login, appKey = keys.AppKey, secret = keys.Secret, accessToken = keys.AccessToken, accessTokenSecret = keys.AccessTokenSecret };
        using var answer = await Http.PostAsJsonAsync($"/api/account/{account}/login?v=1.3", body);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!;
    }

    /// <summary>A new agent on a socket of the second generation.</summary>
    internal async Task<WireClient> AgentAsync(string account, AgentRole role = AgentRole.Agent, string version = "2.1")
    {
        var login = await LoginAsync(account, role);
        return await AgentAsync(account, login, version);
    }

    /// <inheritdoc cref="AgentAsync(string,AgentRole,string)"/>
    internal async Task<WireClient> AgentAsync(string account, JsonNode login, string version = "2.1")
    {
        var socket = await OpenAsync($"{BrandPath(account)}/{(string)login["bearer"]!}?v={version}");
        return new WireClient(socket, version == "2" ? Dialect.V2 : Dialect.V21)
        {
            UserId = (string)login["config"]!["userPid"]!,
            OldId = $"{account}.{(string)login["config"]!["userId"]!}",
        };
    }

    /// <summary>A conversation that an agent has accepted.</summary>
    internal async Task<Talk> TalkAsync(string account, string? jwt = null)
    {
        var consumer = await ConsumerAsync(account, jwt);
        var agent = await AgentAsync(account);
        await agent.DoAsync(".ams.routing.SubscribeRoutingTasks");
        await agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"ONLINE"}""");
        var conversationId = await Talk.OpenConversationAsync(consumer);
        var ring = await agent.NotificationAsync(".ams.routing.RoutingTaskNotification", f => (string?)f.Change?["result"]?["conversationId"] == conversationId);
        var ringId = (string)ring.Change!["result"]!["ringsDetails"]![0]!["ringId"]!;
        await agent.DoAsync(".ams.routing.UpdateRingState", $$"""{"ringId":"{{ringId}}","ringState":"ACCEPTED"}""");
        return new Talk(consumer, agent, conversationId);
    }

    internal static string ConsumerPath(string account, string query = "?v=3") => $"/ws_api/account/{account}/messaging/consumer{query}";

    internal static string BrandPath(string account) => $"/ws_api/account/{account}/messaging/brand";

    /// <summary>A consumer's socket without an identity.</summary>
    internal async Task<WireClient> StrangerAsync(string account) => new(await OpenAsync(ConsumerPath(account)), Dialect.V3);

    /// <summary>A plain socket that was upgraded.</summary>
    internal async Task<RawSocket> OpenAsync(string path, params string[] headers)
    {
        var socket = await RawSocket.ConnectAsync(Bound.Http.Port);
        var answer = await socket.UpgradeAsync(path, headers);
        Assert.Equal(101, answer.Status);
        return socket;
    }

    ILogger ILoggerProvider.CreateLogger(string categoryName) => this;

    void IDisposable.Dispose()
    {
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Logs.Enqueue(new StringBuilder().Append(logLevel).Append(' ').Append(eventId.Id).Append(' ').Append(formatter(state, exception)).Append(' ').Append(exception).ToString());
}
