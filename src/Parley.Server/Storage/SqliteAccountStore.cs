using Microsoft.Data.Sqlite;
using Parley.Server.Identity;

namespace Parley.Server.Storage;

/// <summary><c>accounts.db</c>, which this process has alone.</summary>
internal sealed class SqliteAccountStore : IAccountStore
{
    private readonly SqliteConnection _connection;
    private readonly Statements _statements;
    private readonly SemaphoreSlim _writer = new(1, 1);
    private bool _isClosed;

    private SqliteAccountStore(SqliteConnection connection) => (_connection, _statements) = (connection, SqliteFile.Statements(connection));

    /// <summary>Opens or creates the file, mode 0600 (it holds the private signing keys), and brings its schema up to date.</summary>
    public static SqliteAccountStore Open(string path) => new(SqliteFile.Open(path, AccountSchema.Migrations));

    /// <summary>Nobody else changes it: it is loaded once, before anybody writes.</summary>
    public void Follow(IFollowedTable table) => table.Read(_statements, keys: null)();

    public async Task WriteAsync(Action<Statements> write, Action publish)
    {
        await _writer.WaitAsync();
        try
        {
            await Task.Run(() =>
            {
                using var transaction = _connection.BeginTransaction();
                write(_statements);
                transaction.Commit();
                publish();
            });
        }
        finally
        {
            _writer.Release();
        }
    }

    public async Task<T> ReadAsync<T>(Func<Statements, T> read)
    {
        await _writer.WaitAsync();
        try
        {
            return await Task.Run(() => read(_statements));
        }
        finally
        {
            _writer.Release();
        }
    }

    public ValueTask<bool> CatchUpAsync() => new(false);

    public Task AloneAsync(Func<Task> work) => work();

    /// <summary>Closes the file; what was begun before is written first.</summary>
    public void Dispose()
    {
        if (_isClosed) return;
        _isClosed = true;
        _writer.WaitAsync().GetAwaiter().GetResult();
        _connection.Dispose();
        _writer.Dispose();
    }
}
