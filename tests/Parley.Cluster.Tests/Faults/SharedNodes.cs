using Parley.Cluster.Tests.Serving;
using Parley.Journal.Tests.Postgres.Support;

namespace Parley.Cluster.Tests.Faults;

/// <summary>Three nodes and a database server that tests use one after the other. The last node reaches the database through a proxy.</summary>
public sealed class SharedNodes : IAsyncDisposable
{
    private PostgresServer? _server;
    private TestDatabase? _database;
    private Proxy? _proxy;
    private ThreeNodes? _nodes;

    internal const int BehindProxy = 2;

    internal PostgresServer Server => _server!;

    internal TestDatabase Database => _database!;

    internal Proxy Proxy => _proxy!;

    /// <summary>Starts them when they are wanted first, and those again that a test has left dead.</summary>
    internal async Task<ThreeNodes> WholeAsync()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed.");
        if (_nodes is null)
        {
            _database = new TestDatabase(_server = new PostgresServer());
            _proxy = new Proxy(_database);
            _nodes = await ThreeNodes.StartAsync(_database, node => new(node == BehindProxy ? _proxy.ConnectionString : _database.ConnectionString));
        }

        await _nodes.WholeAsync();
        return _nodes;
    }

    public async ValueTask DisposeAsync()
    {
        if (_nodes is not null) await _nodes.DisposeAsync();
        if (_proxy is not null) await _proxy.DisposeAsync();
        _server?.Dispose();
    }

    /// <summary>Alone, because times are told and processes need the machine.</summary>
    [CollectionDefinition(Name, DisableParallelization = true)]
    public sealed class Collection : ICollectionFixture<SharedNodes>
    {
        public const string Name = "Faults";
    }
}
