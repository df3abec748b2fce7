using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Parley.Conversations;
using Parley.Conversations.Commands;
using Parley.Conversations.Events;
using Parley.Journal;
using Parley.Journal.Memory;
using Parley.Journal.Sqlite;
using Parley.Protocol;
using Parley.Server.Files;
using Parley.Server.Gateway;
using Parley.Server.Gateway.Frames;
using Parley.Server.Gateway.Upgrades;
using Parley.Server.Hosting;
using Parley.Server.Identity;
using Parley.Server.Ownership;

namespace Parley.Server.Tests.Ownership.Support;

/// <summary>All of messaging below the transport: sockets in memory, a clock that the test moves, a journal of the test's choice.</summary>
internal sealed class TestMessaging : IAsyncDisposable
{
    public const string Account = "demo";
    public const string OtherAccount = "other";

    private readonly string _folder = Directory.CreateDirectory(
        Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"parley-messaging-{Guid.NewGuid():N}")).FullName;

    private readonly List<TestSocket> _sockets = [];
    private readonly Func<string, IJournal> _open;
    private readonly LimitOptions _limits;
    private IdentityServices _identity = null!;
    private FileCatalog _catalog = null!;
    private FileServices _files = null!;
    private MessagingHost _host = null!;
    private readonly Func<LiveConversations, INodes>? _nodes;
    private int _sessions;

    private TestMessaging(Func<string, IJournal> open, LimitOptions limits, Func<LiveConversations, INodes>? nodes) => (_open, _limits, _nodes) = (open, limits, nodes);

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);
    public WatchedJournal Journal { get; private set; } = null!;
    public GatewayServices Services => _host.Services;
    public IdentityServices Identity => _identity;
    public Admission Admission => _host.Admission;
    public LiveConversations Conversations => Services.Conversations;
    public long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Messaging over a journal in memory.</summary>
    public static async Task<(TestMessaging Messaging, MemoryJournal Journal)> StartInMemoryAsync(AccountSettings? settings = null, LimitOptions? limits = null)
    {
        var journal = new MemoryJournal();
        return (await StartAsync(_ => journal, settings, limits), journal);
    }

    /// <summary>Messaging over the embedded journal.</summary>
    public static Task<TestMessaging> StartOnDiskAsync(AccountSettings? settings = null, LimitOptions? limits = null) =>
        StartAsync(folder => new SqliteJournal(new SqliteJournalOptions(folder)), settings, limits);

    /// <summary>Messaging of one of several nodes over a journal that they share.</summary>
    public static Task<TestMessaging> StartNodeAsync(IJournal journal, Func<LiveConversations, INodes> nodes, LimitOptions? limits = null) => StartAsync(_ => journal, null, limits, nodes);

    /// <summary>Closes all sockets, as at the server's end.</summary>
    public Task DrainAsync() => _host.DrainAsync(CancellationToken.None);

    /// <summary>Ends the server and starts another one on the same files, some time later.</summary>
    public async Task RestartAsync()
    {
        await CloseAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        await OpenAsync();
    }

    /// <summary>Starts another server on the same files, with a skill whose settings are these (JSON).</summary>
    public async Task RestartAsync(string skillId, string settings)
    {
        await CloseAsync();
        await using (var db = new SqliteConnection($"Data Source={Path.Combine(_folder, "accounts.db")};Pooling=False"))
        {
            await db.OpenAsync();
            await using var insert = db.CreateCommand();
            insert.CommandText = "INSERT INTO skills (account, id, name, settings) VALUES ($1, $2, $2, $3)";
            insert.Parameters.AddWithValue("$1", Account);
            insert.Parameters.AddWithValue("$2", skillId);
            insert.Parameters.AddWithValue("$3", settings);
            await insert.ExecuteNonQueryAsync();
        }

        await OpenAsync();
    }

    public Task<AgentProfile> AddAgentAsync(string login, AgentRole role = AgentRole.Agent, int slots = 100, params string[] skills) =>
        _identity.Agents.AddAsync(new NewAgent(Account, login, role, "", skills) { MaxSlots = slots });

    public TestSocket Consumer(string id, Dialect dialect = Dialect.V3, string account = Account, bool reads = true) =>
        Connect(new Principal(new ConsumerIdentity(account, id, id, DateTimeOffset.MaxValue, false)), dialect, reads);

    /// <param name="agent">Who.</param>
    /// <param name="dialect">His socket's.</param>
    /// <param name="reads">Whether he takes what is sent.</param>
    /// <param name="known">Where he was added, if not here.</param>
    public TestSocket Agent(AgentProfile agent, Dialect dialect = Dialect.V2, bool reads = true, TestMessaging? known = null) => Connect(
        new Principal(new AgentSession((known ?? this)._identity.Agents, $"session {_sessions++}", agent.AccountId, agent.Pid, "", "", "", DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())),
        dialect, reads);

    /// <summary>A conversation that has its agent, without routing. The clock moves, so that no two have the same age.</summary>
    public async Task<string> OpenAssignedAsync(string consumer, AgentProfile? agent)
    {
        Time.Advance(TimeSpan.FromMilliseconds(2));
        var id = Guid.NewGuid().ToString();
        var opened = new TestReply();
        Conversations.Execute(id, Account, new OpenConversation(new ConversationOpened { ConversationId = id, AccountId = Account, ConsumerId = consumer }, agent?.Pid), opened);
        await opened.Done;
        return id;
    }

    public Conversation State(string conversationId) => Services.Journal.Load(conversationId)!;

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<TestMessaging> StartAsync(Func<string, IJournal> open, AccountSettings? settings, LimitOptions? limits, Func<LiveConversations, INodes>? nodes = null)
    {
        limits ??= new LimitOptions();
        (limits.RateLimits, limits.IdleSeconds) = (false, int.MaxValue); // the clock makes leaps
        var messaging = new TestMessaging(open, limits, nodes);
        await messaging.OpenAsync();
        await messaging._identity.Accounts.AddAsync(Account, settings);
        await messaging._identity.Accounts.AddAsync(OtherAccount);
        return messaging;
    }

    private async Task OpenAsync()
    {
        _identity = await IdentityServices.OpenAsync(Path.Combine(_folder, "accounts.db"), new IdentityOptions(), "localhost", Time);
        Journal = new WatchedJournal(_open(_folder));
        _catalog = await FileCatalog.OpenAsync(Path.Combine(_folder, "files.db"));
        _files = new FileServices(_catalog, new FolderFileStore(Path.Combine(_folder, "files")), _identity.FileKey, Time, NullLogger<FileServices>.Instance);
        _host = new MessagingHost(Journal, _identity, _limits, _files, Time, NullLoggerFactory.Instance, nodes: _nodes is null ? null : (conversations, _) => _nodes(conversations));
    }

    private async Task CloseAsync()
    {
        foreach (var socket in _sockets) socket.Drop();
        _sockets.Clear();
        await _host.DisposeAsync();
        _files.Dispose();
        _catalog.Dispose();
        _identity.Dispose();
    }

    private TestSocket Connect(Principal principal, Dialect dialect, bool reads)
    {
        var transport = new MemoryTransport();
        var connection = new Connection(principal.AccountId, dialect, transport, _limits, Time, new TestLifetime(() =>
        {
            transport.Input.CancelPendingRead();
            transport.Output.Complete();
        })) { MaxText = _limits.TextCharacters };
        var socket = new TestSocket(connection, transport);
        _sockets.Add(socket);
        Services.Connections.Identify(connection, principal);
        _ = ServeAsync(connection, transport);
        if (reads) _ = socket.ReadAllAsync();
        return socket;
    }

    private async Task ServeAsync(Connection connection, MemoryTransport transport)
    {
        await _host.Sockets.RunAsync(connection, new FrameReader(_limits.FrameBytes));
        await transport.Output.CompleteAsync();
    }
}
