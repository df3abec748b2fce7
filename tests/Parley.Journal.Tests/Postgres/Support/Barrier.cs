using Npgsql;

namespace Parley.Journal.Tests.Postgres.Support;

/// <summary>
/// Stops appends in the middle of their transaction: they have the locks and have read the epochs, and wait for a lock that
/// this holds. Disposing lets them go on.
/// </summary>
internal sealed class Barrier : IDisposable
{
    private readonly TestDatabase _database;
    private readonly NpgsqlConnection _connection;

    public Barrier(TestDatabase database)
    {
        _database = database;
        database.Run("""
            CREATE OR REPLACE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock_shared(99); RETURN new; END $$;
            CREATE OR REPLACE TRIGGER barrier BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION stop();
            """);
        _connection = database.Source.OpenConnection();
        using var command = new NpgsqlCommand("SELECT pg_advisory_lock(99)", _connection);
        command.ExecuteScalar();
    }

    /// <summary>Returns when an append has come as far.</summary>
    public Task HasStoppedOne() => _database.Until("SELECT EXISTS(SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 99 AND NOT granted)");

    public void Dispose()
    {
        using (var command = new NpgsqlCommand("SELECT pg_advisory_unlock(99)", _connection)) command.ExecuteScalar();
        _connection.Dispose();
    }
}
