using Npgsql;
using Parley.Accounts.Postgres.Files;
using Parley.Accounts.Postgres.Following;
using Parley.Cluster.Hosting;
using Parley.Journal;
using Parley.Journal.Moving;
using Parley.Journal.Postgres;
using Parley.Journal.Postgres.Migrating;
using Parley.Journal.Postgres.Moving;
using Parley.Server.Files;
using Parley.Server.Identity;

namespace Parley.Cluster.Moving;

/// <summary>The database that nodes share.</summary>
internal sealed class DatabaseInstallation : IInstallation
{
    // Any number will do that nobody else locks in this database.
    private const long ImportLock = Migrations.Lock + 1;

    /// <summary>The tables that it needs; nodes make the others.</summary>
    internal static readonly (string Part, string[] Steps)[] Parts =
        [(JournalSchema.Part, JournalSchema.Steps), (AccountTables.Part, AccountTables.Steps), (FileTables.Part, FileTables.Steps)];

    private readonly NpgsqlDataSource _database;
    private readonly PostgresFileStore _files;
    private NpgsqlConnection? _session;

    /// <param name="connectionString">As of <see cref="ParleyDatabase.Open"/>.</param>
    /// <exception cref="FormatException">It is malformed or contains a password.</exception>
    /// <exception cref="IOException">The password's file cannot be read.</exception>
    public DatabaseInstallation(string connectionString)
    {
        _database = DatabaseOption.Open(connectionString, settings => settings.CommandTimeout = 0); // rows by the million take their time
        _files = new PostgresFileStore(_database, TimeProvider.System);
        Accounts = Catalog = new PostgresRows(_database);
    }

    public IRows Accounts { get; }

    public IRows Catalog { get; }

    public IFileStore Files => _files;

    public void OpenAsSource()
    {
        if (Ask("SELECT to_regclass('parley_schema') IS NULL")) throw new RefusedException($"The database {Name} holds no installation.");
        if (Ask($"SELECT to_regclass('{Migrations.UnfinishedImport}') IS NOT NULL")) throw new UnfinishedImportException(Name);
        foreach (var (part, steps) in Parts)
        {
            var version = Scalar("SELECT version FROM parley_schema WHERE part = $1", part) as int? ?? 0;
            if (version > steps.Length) throw new NewerSchemaException($"{Name}: {part}", version, steps.Length);
            if (version < steps.Length) throw new InvalidDataException($"The database {Name} was made by an earlier version: start a node of this version on it once, and stop it again.");
        }
    }

    public string State()
    {
        // A node that was killed lives until its lease ends.
        if (Ask("SELECT to_regclass('node') IS NOT NULL") && Ask("SELECT EXISTS(SELECT FROM node WHERE lease_until > now())"))
            throw new RefusedException($"Nodes serve the database {Name}, or did three seconds ago: stop them first ('parley cluster status' lists them).");
        using var conversations = ReadConversations();
        return InstallationState.Of(Accounts, conversations.Position);
    }

    public IConversationSource ReadConversations() => new PostgresConversationSource(_database);

    public void Begin(string state, bool resume)
    {
        _session = _database.OpenConnection();
        try
        {
            // The server notices within seconds that somebody who had it was killed.
            Run(_session, "SET lock_timeout = '10s'");
            Run(_session, $"SELECT pg_advisory_lock({ImportLock})");
            Run(_session, "RESET lock_timeout");
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new RefusedException($"Somebody else is importing into the database {Name} now.");
        }

        using (var transaction = _session.BeginTransaction())
        {
            // Nodes look under the same lock.
            Run(_session, $"SELECT pg_advisory_xact_lock({Migrations.Lock})");
            if ((bool)Run(_session, $"SELECT to_regclass('{Migrations.UnfinishedImport}') IS NOT NULL")!)
            {
                InstallationState.CheckResumed($"the database {Name}", resume, (string)Run(_session, $"SELECT state FROM {Migrations.UnfinishedImport}")!, state);
            }
            else
            {
                foreach (var table in (string[])[.. MovedTables.Accounts, .. MovedTables.Files, "conversation", "message", "journal"])
                {
                    if ((bool)Run(_session, $"SELECT to_regclass('{table}') IS NOT NULL")! && (bool)Run(_session, $"SELECT EXISTS(SELECT FROM {table})")!)
                        throw new RefusedException($"The database {Name} is not empty: there is something in table {table}.");
                }

                Run(_session, $"CREATE TABLE {Migrations.UnfinishedImport}(state text NOT NULL)");
                Run(_session, $"INSERT INTO {Migrations.UnfinishedImport} VALUES($1)", state);
            }

            transaction.Commit();
        }

        foreach (var (part, steps) in Parts) Migrations.Apply(_database, part, steps, isImporting: true);
    }

    public IConversationTarget WriteConversations() => new PostgresConversationTarget(_database);

    public void Finish() => Scalar($"DROP TABLE {Migrations.UnfinishedImport}");

    public async ValueTask DisposeAsync()
    {
        _files.Dispose();
        if (_session is not null) await _session.DisposeAsync();
        await _database.DisposeAsync();
    }

    private string Name => new NpgsqlConnectionStringBuilder(_database.ConnectionString).Database ?? "?";

    private bool Ask(string sql) => (bool)Scalar(sql)!;

    private object? Scalar(string sql, params string[] values)
    {
        using var connection = _database.OpenConnection();
        return Run(connection, sql, values);
    }

    private static object? Run(NpgsqlConnection connection, string sql, params string[] values)
    {
        using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
        return command.ExecuteScalar();
    }
}
