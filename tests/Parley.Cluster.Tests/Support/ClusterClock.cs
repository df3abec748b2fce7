using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Parley.Journal.Tests.Postgres.Support;

namespace Parley.Cluster.Tests.Support;

/// <summary>
/// One time for all nodes and the database, moved by the test. The database's functions that tell the time are covered by
/// others of the same name, which read it from a table.
/// </summary>
internal sealed class ClusterClock
{
    private readonly TestDatabase _database;

    public ClusterClock(TestDatabase database)
    {
        _database = database;
        database.Run($"""
            CREATE SCHEMA clock;
            CREATE TABLE clock.time(now timestamptz NOT NULL);
            INSERT INTO clock.time VALUES('2026-03-01');
            CREATE FUNCTION clock.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS 'SELECT now FROM clock.time';
            CREATE FUNCTION clock.now() RETURNS timestamptz LANGUAGE sql AS 'SELECT now FROM clock.time';
            ALTER DATABASE {database.Name} SET search_path = public, clock, pg_catalog;
            """);
        database.Source.Clear();
    }

    /// <summary>The nodes' clock.</summary>
    public FakeTimeProvider Nodes { get; } = new();

    /// <summary>Moves the time, the nodes' first: what they do on time is done when the database comes to it.</summary>
    public void Advance(TimeSpan time)
    {
        Nodes.Advance(time);
        AdvanceDatabase(time);
    }

    public void AdvanceDatabase(TimeSpan time)
    {
        using var command = _database.Source.CreateCommand("UPDATE clock.time SET now = now + $1");
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = time });
        command.ExecuteNonQuery();
    }
}
