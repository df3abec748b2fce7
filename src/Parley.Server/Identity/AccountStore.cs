using Microsoft.Data.Sqlite;

namespace Parley.Server.Identity;

/// <summary>
/// <c>accounts.db</c>: everything that is kept about accounts, agents, sessions and keys. It is read once, when opened;
/// after that the classes that own the tables answer from memory and only write here, but for what grows with every consumer.
/// </summary>
public sealed class AccountStore : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _writer = new(1, 1);
    private bool _isClosed;

    private AccountStore(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens or creates the file, mode 0600 (it holds the private signing keys), and brings its schema up to date.</summary>
    public static AccountStore Open(string path) => new(SqliteFile.Open(path, AccountSchema.Migrations));

    /// <summary>Reads while the store is being opened; not synchronised with writers.</summary>
    internal List<T> Load<T>(string sql, Func<SqliteDataReader, T> read) => _connection.Query(sql, read);

    /// <summary>Runs <paramref name="write"/> in one transaction off the caller's thread and returns once it is synced.</summary>
    /// <param name="write">The statements; an exception rolls all of them back.</param>
    /// <param name="publish">Updates what is answered from memory, after the commit and before the next writer.</param>
    /// <exception cref="SqliteException">Nothing was stored.</exception>
    internal async Task WriteAsync(Action<SqliteConnection> write, Action publish)
    {
        await _writer.WaitAsync();
        try
        {
            await Task.Run(() =>
            {
                using var transaction = _connection.BeginTransaction();
                write(_connection);
                transaction.Commit();
                publish();
            });
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Reads off the caller's thread what is not kept in memory; sees every write that was begun before.</summary>
    internal async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read)
    {
        await _writer.WaitAsync();
        try
        {
            return await Task.Run(() => read(_connection));
        }
        finally
        {
            _writer.Release();
        }
    }

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
