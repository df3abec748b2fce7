using Microsoft.Data.Sqlite;

namespace Parley.Server.Storage;

/// <summary>The tables of a file that this process has alone; one transaction at a time.</summary>
internal sealed class SqliteTables : ITables
{
    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <inheritdoc cref="SqliteFile.Open"/>
    public SqliteTables(string path, string[] migrations) => _connection = SqliteFile.Open(path, migrations);

    public bool AreShared => false;

    public async Task<T> RunAsync<T>(Func<Statements, T> work)
    {
        await _turn.WaitAsync();
        try
        {
            return await Task.Run(() =>
            {
                using var transaction = _connection.BeginTransaction(deferred: true);
                var result = work(SqliteFile.Statements(_connection));
                transaction.Commit();
                return result;
            });
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _connection.Dispose();
        _turn.Dispose();
    }
}
