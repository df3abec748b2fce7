using System.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Parley.Accounts.Postgres.Following;
using Parley.Journal.Postgres.Migrating;
using Parley.Server.Storage;

namespace Parley.Accounts.Postgres;

/// <summary>
/// What is kept about accounts, in a PostgreSQL that several nodes share. All that write take turns, across nodes; what one wrote is in
/// the memory of the others soon afterwards, and before they write themselves.
/// </summary>
public sealed class PostgresAccountStore : IAccountStore
{
    private const int LongestAlone = 60; // seconds

    private static readonly TimeSpan PurgeEvery = TimeSpan.FromHours(1);

    // Who has the lock and does nothing, because he is stopped or cut off, loses it: statements follow one another at once.
    private static readonly string TakeLock =
        $"SELECT set_config('idle_in_transaction_session_timeout', '3000', true), pg_advisory_xact_lock({AccountTables.WriterLock})";

    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _time;
    private readonly ChangeLog _log;
    private readonly CatchUps _catchUps;
    private readonly ChangeListener _listener;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SemaphoreSlim _readers = new(4, 4);
    private long? _purgedAt;
    private bool _isClosed;

    private PostgresAccountStore(NpgsqlDataSource database, ChangeLog log, TimeProvider time, ILogger logger)
    {
        (_database, _log, _time) = (database, log, time);
        _catchUps = new CatchUps(() => InTurnAsync(CatchUp));
        _listener = new ChangeListener(database, () => log.Applied, _catchUps.RunAsync, time, logger);
    }

    /// <summary>Opens the tables, or creates them and brings them up to date.</summary>
    /// <param name="database">Where; it stays open when the store closes. One of its connections listens.</param>
    /// <param name="time">The clock of catching up.</param>
    /// <param name="logger">Told when the database is away and when it is back.</param>
    /// <exception cref="Parley.Journal.JournalUnavailableException">The database does not answer.</exception>
    /// <exception cref="NpgsqlException">The database went away meanwhile.</exception>
    public static PostgresAccountStore Open(NpgsqlDataSource database, TimeProvider time, ILogger<PostgresAccountStore>? logger = null)
    {
        Migrations.Apply(database, AccountTables.Part, AccountTables.Steps);
        using var connection = database.OpenConnection();
        return new PostgresAccountStore(database, new ChangeLog(ChangeLog.Newest(connection.Statements())), time, logger ?? NullLogger<PostgresAccountStore>.Instance);
    }

    /// <summary>What changes while tables are loaded one after the other is in the log, and comes with the next catching up.</summary>
    public void Follow(IFollowedTable table) => InTurnAsync(() =>
    {
        using var connection = _database.OpenConnection();
        _log.Follow(connection.Statements(), table);
    }).GetAwaiter().GetResult();

    public Task WriteAsync(Action<Statements> write, Action publish) => InTurnAsync(() =>
    {
        using var connection = _database.OpenConnection();
        using var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        var db = connection.Statements();
        db.Execute(TakeLock);

        // Nobody else writes until the commit: the statements that follow all see one state.
        _log.CatchUp(db);
        if (_purgedAt is not { } purgedAt || _time.GetElapsedTime(purgedAt) >= PurgeEvery)
        {
            ChangeLog.Purge(db);
            _purgedAt = _time.GetTimestamp();
        }

        write(db);
        var logged = _log.Announce(db);
        transaction.Commit();
        publish();
        _log.IsIn(logged);
    });

    /// <summary>Passes through the turn of those who write, and so comes after them, but does not keep others from writing.</summary>
    public async Task<T> ReadAsync<T>(Func<Statements, T> read)
    {
        await InTurnAsync(() => { });
        await _readers.WaitAsync();
        try
        {
            return await Task.Run(() =>
            {
                using var connection = _database.OpenConnection();
                return read(connection.Statements());
            });
        }
        finally
        {
            _readers.Release();
        }
    }

    public async ValueTask<bool> CatchUpAsync()
    {
        await _catchUps.RunAsync();
        return true;
    }

    /// <summary>The lock is the connection's, and goes with it: whoever dies keeps nobody waiting.</summary>
    public async Task AloneAsync(Func<Task> work)
    {
        await using var connection = await _database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({AccountTables.AloneLock})", connection) { CommandTimeout = LongestAlone };
        await command.ExecuteNonQueryAsync();
        try
        {
            await CatchUpAsync();
            await work();
        }
        finally
        {
            command.CommandText = $"SELECT pg_advisory_unlock({AccountTables.AloneLock})";
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>What was begun before is written first.</summary>
    public void Dispose()
    {
        if (_isClosed) return;
        _turn.WaitAsync().GetAwaiter().GetResult();
        _isClosed = true;
        _turn.Release();
        _listener.Dispose();
    }

    private void CatchUp()
    {
        using var connection = _database.OpenConnection();
        using var transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        _log.CatchUp(connection.Statements());
        transaction.Commit();
    }

    private async Task InTurnAsync(Action work)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            await Task.Run(work).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }
}
