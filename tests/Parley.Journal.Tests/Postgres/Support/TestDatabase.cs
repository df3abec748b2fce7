using Npgsql;
using Parley.Journal.Postgres;
using Microsoft.Extensions.Time.Testing;

namespace Parley.Journal.Tests.Postgres.Support;

/// <summary>A database of a test's own; the test is skipped where there is no PostgreSQL.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name = $"parley_{Guid.NewGuid():N}";

    public TestDatabase(PostgresServer? server = null)
    {
        _server = server?.ConnectionString ?? SharedServer.ConnectionString;
        Assert.SkipWhen(_server.Length == 0, "PostgreSQL is not installed, and PARLEY_TEST_POSTGRES names no server.");
        OnServer($"CREATE DATABASE {_name}");
        ConnectionString = new NpgsqlConnectionStringBuilder(_server) { Database = _name }.ConnectionString;
        Source = ParleyDatabase.Open(ConnectionString);
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource Source { get; }

    /// <summary>The clock of its journals: nothing is settled or tried again by itself until it is moved.</summary>
    public FakeTimeProvider Time { get; } = new();

    public PostgresJournal Open(string node = "node", bool ownsEverything = true) =>
        new(new PostgresJournalOptions(Source, node) { OwnsEverything = ownsEverything, Time = Time });

    public object? Run(string sql)
    {
        using var command = Source.CreateCommand(sql);
        return command.ExecuteScalar();
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
        OnServer($"DROP DATABASE {_name} WITH (FORCE)");
    }

    private void OnServer(string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
