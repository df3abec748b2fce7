using System.Data.Common;

namespace Parley.Server.Storage;

/// <summary>Tables of one part, worked on in transactions.</summary>
public interface ITables : IDisposable
{
    /// <summary>Whether other processes work on them too.</summary>
    bool AreShared { get; }

    /// <summary>Does some work in one transaction, off the caller's thread; what it wrote is synced then.</summary>
    /// <exception cref="DbException">Nothing was written; or, when the database went away at the very end, it is not known.</exception>
    Task<T> RunAsync<T>(Func<Statements, T> work);
}
