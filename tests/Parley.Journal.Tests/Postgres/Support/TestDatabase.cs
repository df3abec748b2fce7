using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Parley.Journal.Postgres;

namespace Parley.Journal.Tests.Postgres.Support;

/// <summary>A database of a test's own; the test is skipped where there is no PostgreSQL.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _server;
    public string Name { get; } = $"parley_{Guid.NewGuid():N}";

    public TestDatabase(PostgresServer? server = null)
    {
        _server = server?.ConnectionString ?? SharedServer.ConnectionString;
        Assert.SkipWhen(_server.Length == 0, "PostgreSQL is not installed, and PARLEY_TEST_POSTGRES names no server.");
        OnServer($"CREATE DATABASE {Name}");
        ConnectionString = new NpgsqlConnectionStringBuilder(_server) { Database = Name }.ConnectionString;
        Source = ParleyDatabase.Open(ConnectionString);
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource Source { get; }

    /// <summary>The clock of its journals: nothing is settled or tried again by itself until it is moved.</summary>
    public FakeTimeProvider Time { get; } = new();

    public PostgresJournal Open(bool ownsEverything = true, NpgsqlDataSource? through = null) =>
        new(new PostgresJournalOptions(through ?? Source, "node") { OwnsEverything = ownsEverything, Time = Time });

    /// <summary>A journal that settles a few times a second.</summary>
    public PostgresJournal OpenBusy(bool ownsEverything) => new(new PostgresJournalOptions(Source, "node")
    {
        OwnsEverything = ownsEverything,
        SettleInterval = TimeSpan.FromMilliseconds(200),
        RetryInterval = TimeSpan.FromMilliseconds(100),
    });

    /// <summary>Makes appends stop in the middle of their transaction until the result is disposed.</summary>
    public Barrier Stop() => new(this);

    public object? Run(string sql)
    {
        using var command = Source.CreateCommand(sql);
        return command.ExecuteScalar();
    }

    /// <summary>Asks the server until it says yes.</summary>
    public async Task Until(string sql)
    {
        for (var asked = Stopwatch.StartNew(); !(bool)Run(sql)!; await Task.Yield())
            Assert.True(asked.Elapsed < TimeSpan.FromSeconds(30), sql);
    }

    /// <summary>Makes the next insert into a table fail.</summary>
    public void FailNext(string table) => Run($"""
        CREATE SEQUENCE fault;
        CREATE FUNCTION fail_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF nextval('fault') = 1 THEN RAISE EXCEPTION 'no room' USING ERRCODE = 'disk_full'; END IF;
            RETURN new;
        END $$;
        CREATE TRIGGER fault BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION fail_once();
        """);

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        OnServer($"DROP DATABASE {Name} WITH (FORCE)");
    }

    private void OnServer(string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
