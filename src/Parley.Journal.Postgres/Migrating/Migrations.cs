using Npgsql;

namespace Parley.Journal.Postgres.Migrating;

/// <summary>
/// Brings the tables of a part of Parley to their last version: forward only, one transaction a step. While nodes are replaced one after the other, those of
/// the version before run on the new tables, and may be started again there: a step adds, and takes nothing away that they use.
/// </summary>
public static class Migrations
{
    // Any number will do that nobody else locks in this database.
    internal const long Lock = 0x5061726C_65795363;

    // Whoever did not say it took that for granted of himself alone.
    private const string Oldest = "SELECT COALESCE((to_jsonb(s) ->> 'oldest')::integer, version) FROM parley_schema s WHERE part = $1";

    /// <summary>While there is a table of this name, an installation is being moved to the database.</summary>
    internal const string UnfinishedImport = "parley_import";

    /// <summary>Runs the steps that have not run yet. Nodes that start at the same time wait for each other.</summary>
    /// <param name="database">Where.</param>
    /// <param name="part">Whose tables; each part has a version of its own.</param>
    /// <param name="steps">What makes version n of version n - 1. A step is never edited once released: the next version is one more at the end.</param>
    /// <param name="oldest">What version of these tables a program must know at least to run on them: raised with a step that does take something away, which a version later than the one that stopped using it does.</param>
    /// <param name="isImporting">For whoever moves an installation there.</param>
    /// <exception cref="NewerSchemaException">A newer program has been here and made tables that this one cannot use.</exception>
    /// <exception cref="UnfinishedImportException">What is there is not whole.</exception>
    /// <exception cref="JournalUnavailableException">The database does not answer, or refuses a step.</exception>
    public static void Apply(NpgsqlDataSource database, string part, IReadOnlyList<string> steps, int oldest = 1, bool isImporting = false)
    {
        try
        {
            using var connection = database.OpenConnection();
            while (!IsDone(connection, part, steps, oldest, isImporting))
            {
            }
        }
        catch (NpgsqlException e)
        {
            throw new JournalUnavailableException($"The tables of '{part}' cannot be brought up to date: {e.Message}", e);
        }
    }

    // One step, or the finding that there is none left.
    private static bool IsDone(NpgsqlConnection connection, string part, IReadOnlyList<string> steps, int oldest, bool isImporting)
    {
        using var transaction = connection.BeginTransaction();
        Run("SELECT pg_advisory_xact_lock($1)", Lock);
        if (!isImporting && (bool)Run($"SELECT to_regclass('{UnfinishedImport}') IS NOT NULL")!) throw new UnfinishedImportException(connection.Database);
        Run("CREATE TABLE IF NOT EXISTS parley_schema(part text PRIMARY KEY, version integer NOT NULL)");
        Run("INSERT INTO parley_schema VALUES($1, 0) ON CONFLICT DO NOTHING", part);
        var version = (int)Run("SELECT version FROM parley_schema WHERE part = $1", part)!;
        if (version > steps.Count && steps.Count < (int)Run(Oldest, part)!) throw new NewerSchemaException($"{connection.Database}: {part}", version, steps.Count);
        if (version < steps.Count)
        {
            Run(steps[version]);
            Run("ALTER TABLE parley_schema ADD COLUMN IF NOT EXISTS oldest integer");
            Run("UPDATE parley_schema SET version = version + 1, oldest = GREATEST(oldest, $2) WHERE part = $1", part, oldest);
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
