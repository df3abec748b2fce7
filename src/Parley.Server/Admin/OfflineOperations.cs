using Parley.Journal;
using Parley.Server.Hosting;
using Parley.Server.Identity;

namespace Parley.Server.Admin;

/// <summary>Operations on the folder of a server that does not run, under its lock.</summary>
public sealed class OfflineOperations : IDisposable
{
    private readonly DataFolderLock _lock;
    private readonly IdentityServices _identity;

    private OfflineOperations(DataFolderLock held, IdentityServices identity, IdentityOptions options)
    {
        (_lock, _identity) = (held, identity);
        Operations = new Operations(identity, options);
    }

    public Operations Operations { get; }

    /// <summary>Opens the folder, or returns null when a server has it.</summary>
    /// <param name="folder">One that a server has provisioned.</param>
    /// <param name="options">As the server is run with.</param>
    /// <param name="time">The clock.</param>
    public static async Task<OfflineOperations?> TryOpenAsync(DataFolder folder, IdentityOptions options, TimeProvider time)
    {
        DataFolderLock held;
        try
        {
            held = DataFolderLock.TryAcquire(folder.Path);
        }
        catch (DataFolderInUseException)
        {
            return null;
        }

        try
        {
            return new OfflineOperations(held, await IdentityServices.OpenAsync(folder.Accounts, options, "localhost", time), options);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _identity.Dispose();
        _lock.Dispose();
    }
}
