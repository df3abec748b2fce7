using System.Net.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Journal;
using Parley.Journal.None;
using Parley.Journal.Sqlite;
using Parley.Server.Admin;
using Parley.Server.Admin.Api;
using Parley.Server.Configuration;
using Parley.Server.Discovery;
using Parley.Server.Files;
using Parley.Server.Gateway;
using Parley.Server.Gateway.Upgrades;
using Parley.Server.Identity;
using Parley.Server.Identity.SignIn;
using Parley.Server.Site;
using Parley.Server.Storage;
using Parley.Server.Waiting;

namespace Parley.Server.Hosting;

/// <summary>One server over one data folder. Several can live in a process, each on its own folder and ports.</summary>
/// <param name="options">How it runs.</param>
/// <param name="time">The clock; the system's when null.</param>
/// <param name="logging">Adds log providers; without it nothing is logged.</param>
public sealed class ParleyServer(ServerOptions options, TimeProvider? time = null, Action<ILoggingBuilder>? logging = null) : IAsyncDisposable
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(15);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly List<IDrainable> _drainables = [];
    private DataFolder? _folder;
    private DataFolderLock? _lock;
    private IdentityServices? _identity;
    private IJournal? _journal;
    private WebApplication? _app;
    private FileCatalog? _catalog;
    private FileServices? _files;
    private MessagingHost? _messaging;
    private FirstRequests? _firstRequests;
    private MetricsEndpoint? _metrics;
    private CspReports? _reports;
    private bool _running;

    /// <summary>Who is who; available once started.</summary>
    public IdentityServices Identity => _identity ?? throw new InvalidOperationException("The server is not started.");

    public ReadinessChecks Readiness { get; } = new();

    /// <summary>Asks <paramref name="part"/> to drain when the server stops.</summary>
    public void DrainAtStop(IDrainable part) => _drainables.Add(part);

    /// <summary>Opens what keeps accounts and files instead of the folder, for nodes that share it; the server disposes it.</summary>
    public Func<TimeProvider, SharedStorage>? Shared { get; init; }

    /// <summary>Makes this server one node of several; null for one that is alone.</summary>
    internal INodeHost? Node { get; init; }

    /// <summary>Keeps the conversations instead of the folder's journal; the server disposes it.</summary>
    internal IJournal? Journal { get; init; }

    /// <summary>Takes what arrives on sockets instead of the dispatcher.</summary>
    internal MessageHandler? Messages { get; init; }

    /// <summary>Opens the folder and the listeners; when it returns, connections are accepted and <c>lp.env</c> is written.</summary>
    /// <exception cref="DataFolderInUseException">Another process has the folder.</exception>
    /// <exception cref="IOException">An address is in use.</exception>
    public async Task<BoundServer> StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await OpenAsync(cancellationToken);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes no new connections, lets requests in flight end, closes sockets and the folder.</summary>
    public async Task StopAsync()
    {
        if (!_running)
        {
            return;
        }

        _running = false;
        LogMessages.Stopping(_app!.Services.GetRequiredService<ILogger<ParleyServer>>());
        using var patience = new CancellationTokenSource(LongestStop);

        // Kestrel unbinds first and then waits for its connections, which end when the sockets are drained.
        var stopped = _app.StopAsync(patience.Token);
        await Task.WhenAll(_drainables.Select(drainable => drainable.DrainAsync(patience.Token)));
        await stopped;
        if (Node is not null) await Node.LeaveAsync();
        File.Delete(_folder!.RunningServer);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        if (_messaging is not null)
        {
            await _messaging.DisposeAsync();
        }
        else if (_journal is not null)
        {
            await _journal.DisposeAsync();
        }

        _firstRequests?.Dispose();
        _files?.Dispose();
        (_files?.Store as IDisposable)?.Dispose();
        _catalog?.Dispose();
        _metrics?.Dispose();
        _reports?.Dispose();
        _identity?.Dispose();
        _lock?.Dispose();
        (_app, _messaging, _journal, _files, _catalog, _identity, _lock) = (null, null, null, null, null, null, null);
    }

    private async Task<BoundServer> OpenAsync(CancellationToken cancellationToken)
    {
        var (http, https) = (ListenAddress.Parse(options.Http), ListenAddress.Parse(options.Https));
        DemoMode.Check(options, http, https);
        var folder = _folder = DataFolder.Open(options.Data);
        _lock = DataFolderLock.TryAcquire(folder.Path);

        // What touches the disk and hashes passwords runs beside what builds the host: starting is on the clock.
        var certificate = Task.Run(() => ServerCertificate.Load(options, folder, _time.GetUtcNow()), cancellationToken);
        var share = Node is null ? Shared : Node.OpenStorage;
        var shared = share is null ? Task.FromResult<SharedStorage?>(null) : Task.Run<SharedStorage?>(() => share(_time), cancellationToken);
        var provisioned = Task.Run(() => ProvisionAsync(folder, shared), cancellationToken);
        var opened = Task.Run(() => _journal = OpenJournal(folder), cancellationToken);
        var catalogued = Task.Run(
            async () => _catalog = await (await shared is { FileTables: var tables } ? FileCatalog.OpenAsync(tables) : FileCatalog.OpenAsync(folder.FileCatalog)), cancellationToken);
        var builder = CreateBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, http, https, certificate));
        var app = _app = builder.Build();
        _metrics = new MetricsEndpoint(app.Services);
        var loggers = app.Services.GetRequiredService<ILoggerFactory>();
        var logger = loggers.CreateLogger<ParleyServer>();

        // A failure of one is told when all have ended, so that disposing finds what the others opened.
        await Task.WhenAll(certificate, provisioned, opened, catalogued);
        var (tls, tutorial) = (await certificate, await provisioned);
        var address = new PublicAddress(options);
        var operatorToken = Secrets.NewHex();
        ConfigurePipeline(app, logger);
        _files = new FileServices(_catalog!, (await shared)?.Files ?? new FolderFileStore(folder.Files), Identity.FileKey, _time, loggers.CreateLogger<FileServices>());
        _messaging = new MessagingHost(_journal!, Identity, options.Limits, _files, _time, loggers, Messages, Node is null ? null : Node.Connect);
        _firstRequests = new FirstRequests(_messaging.Admission, new ForwardedPeers([.. options.TrustedProxies], loggers), _time);
        _drainables.AddRange([_firstRequests, _messaging]);
        Readiness.Add("journal", _messaging.JournalProblem);
        if (Node is not null)
        {
            Readiness.Add("cluster", Node.Problem);
            await Node.JoinAsync(cancellationToken);
        }

        MapEndpoints(app, address, operatorToken, loggers);
        _running = true;
        await app.StartAsync(cancellationToken);

        (http, https) = BoundAddresses(app, http, https);
        address.Bind(https);
        new RunningServer(Environment.ProcessId, $"http://{http}", operatorToken).Write(folder);
        var account = tutorial.Write(address.Default, tls.TrustFile);
        Warn(logger, tls);
        LogMessages.Listening(logger, http, https);
        _ = Task.Run(_metrics.Start, cancellationToken);
        return new BoundServer(http, https, address.Default, tls.TrustFile, account);
    }

    private async Task<Tutorial> ProvisionAsync(DataFolder folder, Task<SharedStorage?> shared)
    {
        var host = options.PublicHost is { } publicHost ? new HostString(publicHost).Host : "localhost";
        _identity = await (await shared is { Accounts: var store }
            ? IdentityServices.OpenAsync(store, options.Identity, host, _time)
            : IdentityServices.OpenAsync(folder.Accounts, options.Identity, host, _time));
        var tutorial = new Tutorial(folder, _identity, options.Demo);
        await tutorial.ProvisionAsync();
        return tutorial;
    }

    private WebApplicationBuilder CreateBuilder()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Services.AddCors(Cors.Configure);
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestStop);
        if (logging is not null)
        {
            builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
            logging(builder.Logging);
        }

        return builder;
    }

    private IJournal OpenJournal(DataFolder folder) =>
        Journal ?? Node?.OpenJournal() ?? (options.Journal == JournalKind.None ? new NoJournal() : new SqliteJournal(new SqliteJournalOptions(folder.Path) { Time = _time }));

    private void Listen(KestrelServerOptions kestrel, ListenAddress http, ListenAddress https, Task<ServerCertificate> certificate)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = options.Limits.Connections;

        // The gateway frames WebSockets itself, which begin with an HTTP/1.1 upgrade.
        kestrel.ConfigureEndpointDefaults(listener => listener.Protocols = HttpProtocols.Http1);
        kestrel.Listen(http.Address, http.Port, LookFirst);

        // The context is built by the first handshake: it reads the system's trust store, too slow for starting.
        var context = new Lazy<SslStreamCertificateContext>(
            () => SslStreamCertificateContext.Create(certificate.Result.Leaf, certificate.Result.Intermediates, offline: true));
        kestrel.Listen(https.Address, https.Port, listener =>
        {
            listener.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = context.Value }),
            });
            listener.Use(next => connection =>
            {
                TlsBuffers.ReleaseWhenIdle(connection.Features.GetRequiredFeature<ISslStreamFeature>().SslStream);
                return next(connection);
            });
            LookFirst(listener);
        });
    }

    // The part is made while the server is opened, before the listeners are.
    private void LookFirst(ListenOptions listener) => listener.Use(http => connection => _firstRequests!.ServeAsync(connection, http));

    private void ConfigurePipeline(WebApplication app, ILogger logger)
    {
        ForwardedRequests.Use(app, [.. options.TrustedProxies]);
        app.UseMiddleware<StorageFailures>(logger);
        app.UseRouting();
        app.UseCors();
    }

    private void MapEndpoints(WebApplication app, PublicAddress address, string operatorToken, ILoggerFactory loggers)
    {
        DiscoveryEndpoints.Map(app, Identity.Accounts, address);
        SignupEndpoints.Map(app, Identity);
        new SignInEndpoints(Identity, loggers.CreateLogger<SignInEndpoints>()).Map(app);
        new LoginEndpoints(Identity, address, _time, loggers.CreateLogger<LoginEndpoints>()).Map(app);
        new ConfigurationEndpoints(Identity, options.Limits, _time).Map(app);
        var operations = new Operations(Identity, options.Identity, _messaging!.HasOpenAsync);
        OperatorEndpoints.Map(app, operations, operatorToken, Node?.Dashboard);
        new AdminApi(new AdminServices(Identity, operations, _messaging.Services, app.Lifetime.ApplicationStopping), options.Limits, operatorToken).Map(app);
        HealthEndpoints.Map(app, Readiness);
        new FileEndpoints(_files!, Identity.Accounts, loggers.CreateLogger<FileEndpoints>()).Map(app);
        new SocketEndpoints(_messaging.Admission).Map(app);
        new WaitingEndpoints(_messaging.Services).Map(app);
        app.MapGet("/metrics", (RequestDelegate)_metrics!.AnswerAsync);
        MapSite(app, loggers);
    }

    private void MapSite(WebApplication app, ILoggerFactory loggers)
    {
        var site = options.Site ?? Path.Combine(AppContext.BaseDirectory, "site");
        _reports = new CspReports(_time, loggers.CreateLogger<CspReports>());
        new SiteEndpoints(new SiteFolder(site.Length > 0 ? site : null), _reports, options.Demo ? new DemoLogins(_folder!.EnvironmentFile, Identity) : null).Map(app);
    }

    private void Warn(ILogger logger, ServerCertificate tls)
    {
        if (!options.Limits.RateLimits)
        {
            LogMessages.RateLimitsOff(logger);
        }

        if (options.Journal == JournalKind.None)
        {
            LogMessages.JournalOff(logger);
        }

        if (!EnvironmentFile.CanHold(tls.TrustFile))
        {
            LogMessages.PathNeedsQuotes(logger, tls.TrustFile);
        }
    }

    private static (ListenAddress Http, ListenAddress Https) BoundAddresses(WebApplication app, ListenAddress http, ListenAddress https)
    {
        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(url => new Uri(url)).ToArray();
        return (Real("http", http), Real("https", https));

        ListenAddress Real(string scheme, ListenAddress asked) => asked with { Port = bound.Single(url => url.Scheme == scheme).Port };
    }
}
