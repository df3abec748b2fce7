using System.Data.Common;

namespace Parley.Server.Storage;

/// <summary>
/// Everything that is kept about accounts, agents, sessions and keys. The classes that own the tables answer from memory and
/// only write here, but for what grows with every consumer.
/// </summary>
public interface IAccountStore : IDisposable
{
    /// <summary>Loads a table now, and rows of it again whenever another process has changed them. Tables are told of a change in the order they were named in here.</summary>
    /// <exception cref="DbException">It cannot be read.</exception>
    void Follow(IFollowedTable table);

    /// <summary>Runs <paramref name="write"/> in one transaction off the caller's thread and returns once it is synced. Whoever writes is alone, and memory is up to date.</summary>
    /// <param name="write">The statements; an exception rolls all of them back.</param>
    /// <param name="publish">Updates what is answered from memory, after the commit and before the next writer.</param>
    /// <exception cref="DbException">Nothing was stored; or, when the database went away at the very end, it is not known.</exception>
    Task WriteAsync(Action<Statements> write, Action publish);

    /// <summary>Reads off the caller's thread what is not kept in memory; sees every write that was begun before.</summary>
    /// <exception cref="DbException">It cannot be read now.</exception>
    Task<T> ReadAsync<T>(Func<Statements, T> read);

    /// <summary>Takes into memory what other processes had written when this was called: for whoever misses something there.</summary>
    /// <returns>False where no other process writes, at once: memory had everything already.</returns>
    /// <exception cref="DbException">The database is away.</exception>
    ValueTask<bool> CatchUpAsync();

    /// <summary>Does what only one process may be at, of all that share the store; memory is up to date when it begins. Others wait, and go on when this process dies.</summary>
    /// <param name="work">May read and write.</param>
    /// <exception cref="DbException">The database is away, or another process is at it for too long.</exception>
    Task AloneAsync(Func<Task> work);
}
