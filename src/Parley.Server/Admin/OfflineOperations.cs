using Parley.Conversations;
using Parley.Journal;
using Parley.Journal.Sqlite;
using Parley.Server.Hosting;
using Parley.Server.Identity;

namespace Parley.Server.Admin;

/// <summary>Operations on the folder of a server that does not run, under its lock.</summary>
public sealed class OfflineOperations : IDisposable
{
    private readonly DataFolderLock _lock;
    private readonly IdentityServices _identity;
    private readonly DataFolder _folder;

    private OfflineOperations(DataFolder folder, DataFolderLock held, IdentityServices identity, IdentityOptions options)
    {
        (_folder, _lock, _identity) = (folder, held, identity);
        Operations = new Operations(identity, options, HasOpenAsync);
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
            return new OfflineOperations(folder, held, await IdentityServices.OpenAsync(folder.Accounts, options, "localhost", time), options);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    // The conversations are opened only when they are asked for.
    private async Task<bool> HasOpenAsync(string accountId, string skillId)
    {
        await using var journal = new SqliteJournal(new SqliteJournalOptions(_folder.Path));
        return journal.Query(new ConversationQuery(accountId) { Stage = Stage.Open, Condition = conversation => conversation.SkillId == skillId, Limit = 1 }).Count > 0;
    }

    public void Dispose()
    {
        _identity.Dispose();
        _lock.Dispose();
    }
}
