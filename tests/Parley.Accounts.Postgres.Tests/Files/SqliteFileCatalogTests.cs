using Parley.Server.Files;

namespace Parley.Accounts.Postgres.Tests.Files;

public sealed class SqliteFileCatalogTests : FileCatalogConformance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-catalog-").FullName;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private protected override Task<FileCatalog> OpenAsync() => FileCatalog.OpenAsync(Path.Combine(_folder, "files.db"));
}
