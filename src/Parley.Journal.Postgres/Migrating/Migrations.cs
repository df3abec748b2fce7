using Npgsql;

namespace Parley.Journal.Postgres.Migrating;

/// <summary>Brings the tables of a part of Parley to their last version: forward only, one transaction a step.</summary>
public static class Migrations
{
    // Any number will do that nobody else locks in this database.
    private const long Lock = 0x5061726C_65795363;

    /// <summary>Runs the steps that have not run yet. Nodes that start at the same time wait for each other.</summary>
    /// <param name="database">Where.</param>
    /// <param name="part">Whose tables; each part has a version of its own.</param>
    /// <param name="steps">What makes version n of version n - 1. A step is never edited once released: the next version is one more at the end.</param>
    /// <exception cref="NewerSchemaException">A newer program has been here.</exception>
    /// <exception cref="JournalUnavailableException">The database does not answer, or refuses a step.</exception>
    public static void Apply(NpgsqlDataSource database, string part, IReadOnlyList<string> steps)
    {
        try
        {
            using var connection = database.OpenConnection();
            while (!IsDone(connection, part, steps))
            {
            }
        }
        catch (NpgsqlException e)
        {
            throw new JournalUnavailableException($"The tables of '{part}' cannot be brought up to date: {e.Message}", e);
        }
    }

    // One step, or the finding that there is none left.
    private static bool IsDone(NpgsqlConnection connection, string part, IReadOnlyList<string> steps)
    {
        using var transaction = connection.BeginTransaction();
        Run("SELECT pg_advisory_xact_lock($1)", Lock);
        Run("CREATE TABLE IF NOT EXISTS parley_schema(part text PRIMARY KEY, version integer NOT NULL)");
        Run("INSERT INTO parley_schema VALUES($1, 0) ON CONFLICT DO NOTHING", part);
        var version = (int)Run("SELECT version FROM parley_schema WHERE part = $1", part)!;
        if (version > steps.Count) throw new NewerSchemaException($"{connection.Database}: {part}", version, steps.Count);
        if (version < steps.Count)
        {
            Run(steps[version]);
            Run("UPDATE parley_schema SET version = version + 1 WHERE part = $1", part);
        }

        transaction.Commit();
        return version >= steps.Count;

        object? Run(string sql, params object[] parameters)
        {
            using var command = new NpgsqlCommand(sql, connection, transaction) { CommandTimeout = 0 };
            foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
            return command.ExecuteScalar();
        }
    }
}
