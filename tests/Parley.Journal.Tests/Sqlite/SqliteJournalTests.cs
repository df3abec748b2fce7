using Microsoft.Extensions.Time.Testing;
using Parley.Journal.Sqlite;
using Parley.Journal.Tests.Faults;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests.Sqlite;

public sealed class SqliteJournalTests : JournalConformance
{
    private readonly FaultyFolder _folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    private protected override IJournal Open()
    {
        FaultVfs.Register();
        return new SqliteJournal(new SqliteJournalOptions(_folder.Path) { Vfs = FaultVfs.Name, Time = new FakeTimeProvider() });
    }

    private protected override Task SettleAsync() => ((SqliteJournal)Journal).SettleAsync();

    private protected override void RefuseNextGroup()
    {
        var isDue = true;
        _folder.Before = operation =>
        {
            if (!isDue || operation is not { File: "journal.db-wal", Action: FileAction.Write }) return Fault.None;
            isDue = false;
            return Fault.Error;
        };
    }
}
