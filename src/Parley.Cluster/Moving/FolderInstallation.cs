using Parley.Journal;
using Parley.Journal.Moving;
using Parley.Journal.Sqlite;
using Parley.Server.Files;
using Parley.Server.Hosting;
using Parley.Server.Identity;
using Parley.Server.Storage;

namespace Parley.Cluster.Moving;

/// <summary>The data folder of a server that is alone.</summary>
internal sealed class FolderInstallation : IInstallation
{
    private readonly DataFolder _folder;
    private readonly SqliteRows _accounts;
    private readonly SqliteRows _catalog;
    private DataFolderLock? _lock;

    /// <param name="path">The folder.</param>
    public FolderInstallation(string path)
    {
        _folder = new DataFolder(Path.GetFullPath(path));
        (_accounts, _catalog) = (new(_folder.Accounts, AccountSchema.Migrations), new(_folder.FileCatalog, FileCatalog.Migrations));
        Files = new FolderFileStore(_folder.Files);
    }

    public IRows Accounts => _accounts;

    public IRows Catalog => _catalog;

    public IFileStore Files { get; }

    private string Unfinished => Path.Combine(_folder.Path, DataFolderLock.UnfinishedImport);

    private string[] Kept => [_folder.Accounts, _folder.FileCatalog, _folder.Files, Path.Combine(_folder.Path, "messages.db"), Path.Combine(_folder.Path, "journal.db")];

    public void OpenAsSource()
    {
        if (!File.Exists(_folder.Accounts)) throw new RefusedException($"{_folder.Path} is no data folder of a server that is alone.");
        Lock(isImporting: false);
        _accounts.CheckVersion();
        _catalog.CheckVersion();
        ReadConversations().Dispose();
    }

    public string State()
    {
        using var conversations = ReadConversations();
        return InstallationState.Of(_accounts, conversations.Position);
    }

    public IConversationSource ReadConversations() => new SqliteConversationSource(_folder.Path);

    public void Begin(string state, bool resume)
    {
        DataFolder.Open(_folder.Path);
        Lock(isImporting: true);
        if (File.Exists(Unfinished))
        {
            InstallationState.CheckResumed(_folder.Path, resume, File.ReadAllText(Unfinished), state);
        }
        else
        {
            if (Array.Find(Kept, path => File.Exists(path) || Directory.Exists(path)) is { } there) throw new RefusedException($"The folder is not empty: {there} is there.");
            DataFolder.Replace(Unfinished, state, secret: true);
        }

        SqliteFile.Open(_folder.Accounts, AccountSchema.Migrations).Dispose();
        SqliteFile.Open(_folder.FileCatalog, FileCatalog.Migrations).Dispose();
    }

    public IConversationTarget WriteConversations() => new SqliteConversationTarget(_folder.Path);

    public void Finish() => File.Delete(Unfinished);

    public ValueTask DisposeAsync()
    {
        _lock?.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Lock(bool isImporting)
    {
        try
        {
            _lock = DataFolderLock.TryAcquire(_folder.Path, isImporting);
        }
        catch (DataFolderInUseException)
        {
            throw new RefusedException($"{_folder.Path} is in use: stop its server first.");
        }
    }
}
