using Parley.Journal.Postgres;
using Parley.Journal.Tests.Postgres.Support;

namespace Parley.Journal.Tests.Postgres;

public sealed class PostgresJournalTests : JournalConformance
{
    private readonly TestDatabase _database = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    private protected override IJournal Open() => _database.Open();

    private protected override Task SettleAsync() => ((PostgresJournal)Journal).SettleAsync();

    private protected override void RefuseNextGroup() => _database.FailNext("journal");
}
