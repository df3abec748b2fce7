using Parley.Accounts.Postgres.Files;
using Parley.Journal.Tests.Postgres.Support;
using Parley.Server.Files;

namespace Parley.Accounts.Postgres.Tests.Files;

public sealed class PostgresFileCatalogTests : FileCatalogConformance
{
    private readonly TestDatabase _database = new();

    [Fact]
    public async Task Files_that_came_to_another_node_count_as_soon_as_one_comes_here()
    {
        using var other = await OpenAsync();
        await AddAsync(bytes: 5);
        var path = FilePath.New("demo", FileType.Find("PNG")!);
        Assert.True(await other.TryAddAsync(path, "u", 50, DateTimeOffset.UnixEpoch));

        await other.CompleteAsync(path, 2);

        Assert.Equal((5, 7), (Catalog.BytesOf("demo"), other.BytesOf("demo")));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    private protected override Task<FileCatalog> OpenAsync()
    {
        FileTables.Prepare(_database.Source);
        return FileCatalog.OpenAsync(new PostgresTables(_database.Source));
    }
}
