using Parley.Server.Storage;

namespace Parley.Accounts.Postgres.Tests;

public sealed class SqliteIdentityTests : IdentityConformance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-id-").FullName;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private protected override IAccountStore OpenStore() => SqliteAccountStore.Open(Path.Combine(_folder, "accounts.db"));
}
