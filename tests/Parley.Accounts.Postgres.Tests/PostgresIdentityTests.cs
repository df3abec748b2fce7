using Parley.Journal.Tests.Postgres.Support;
using Parley.Server.Storage;

namespace Parley.Accounts.Postgres.Tests;

public sealed class PostgresIdentityTests : IdentityConformance
{
    private readonly TestDatabase _database = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    private protected override IAccountStore OpenStore() => PostgresAccountStore.Open(_database.Source, Time);
}
