using System.Data;
using Npgsql;
using Parley.Server.Storage;

namespace Parley.Accounts.Postgres;

/// <summary>Tables that several nodes work on; a few transactions at a time, so that connections are left for others.</summary>
/// <param name="database">Stays open when this closes.</param>
public sealed class PostgresTables(NpgsqlDataSource database) : ITables
{
    private readonly SemaphoreSlim _turns = new(4, 4);

    public bool AreShared => true;

    public async Task<T> RunAsync<T>(Func<Statements, T> work)
    {
        await _turns.WaitAsync();
        try
        {
            return await Task.Run(() =>
            {
                using var connection = database.OpenConnection();
                using var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
                var result = work(connection.Statements());
                transaction.Commit();
                return result;
            });
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();
}
