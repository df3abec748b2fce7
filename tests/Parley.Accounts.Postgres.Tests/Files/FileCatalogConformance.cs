using Parley.Conversations;
using Parley.Server.Files;

namespace Parley.Accounts.Postgres.Tests.Files;

/// <summary>What every catalogue of files promises; the subclasses say how one is opened.</summary>
public abstract class FileCatalogConformance : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);

    private protected FileCatalog Catalog { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Catalog = await OpenAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Catalog?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_file_is_found_once_it_has_arrived_and_counts_until_it_is_forgotten()
    {
        var path = await AddAsync(bytes: null);
        Assert.Null(await Catalog.FindAsync(path));

        await Catalog.CompleteAsync(path, 7);
        var other = await AddAsync(bytes: 5);
        await ReopenAsync();

        Assert.Equal(new StoredFile(path, "u", 7), await Catalog.FindAsync(path));
        Assert.Equal(12, Catalog.BytesOf("demo"));
        await Catalog.ForgetAsync(other, 5);
        await Catalog.ForgetAsync(other, 5);
        Assert.Equal((7, 0), (Catalog.BytesOf("demo"), Catalog.BytesOf("nobody")));
    }

    [Fact]
    public async Task Shares_are_recorded_and_withdrawn()
    {
        var path = await AddAsync(bytes: 1);
        var one = await Catalog.ShareAsync(path, new SharedIn("c", "d", Audience.All, 5));
        await Catalog.ShareAsync(path, new SharedIn("c", "d", Audience.All, 3));
        var two = await Catalog.ShareAsync(path, new SharedIn("c\0", "d", Audience.All, 0));
        Assert.NotEqual(one, two);

        await Catalog.WithdrawAsync(path, two!.Value);

        Assert.Equal([new SharedIn("c", "d", Audience.All, 3)], await Catalog.SharesAsync(path));
        Assert.Null(await Catalog.ShareAsync(FilePath.New("demo", FileType.Find("PNG")!), new SharedIn("c", "d", Audience.All, 0)));
    }

    [Fact]
    public async Task A_user_has_only_so_many_unshared_files()
    {
        var path = await AddAsync(bytes: 1, most: 1);
        Assert.False(await Catalog.TryAddAsync(FilePath.New("demo", FileType.Find("PNG")!), "u", 1, Now));

        await Catalog.ShareAsync(path, new SharedIn("c", "d", Audience.All, 0));

        await AddAsync(bytes: 1, most: 1);
    }

    [Fact]
    public async Task Old_files_that_nobody_shared_are_given_up()
    {
        var (shared, unshared) = (await AddAsync(bytes: 1), await AddAsync(bytes: 2));
        await Catalog.ShareAsync(shared, new SharedIn("c", "d", Audience.All, 0));

        Assert.Empty(await Catalog.CondemnAsync(Now.AddMilliseconds(-1)));
        Assert.Equal([new StoredFile(unshared, "u", 2)], await Catalog.CondemnAsync(Now));
        Assert.Equal([new StoredFile(unshared, "u", 2)], await Catalog.CondemnAsync(Now));

        Assert.Null(await Catalog.FindAsync(unshared));
        Assert.Null(await Catalog.ShareAsync(unshared, new SharedIn("c", "d", Audience.All, 0)));
        Assert.NotNull(await Catalog.FindAsync(shared));
    }

    private protected abstract Task<FileCatalog> OpenAsync();

    private protected async Task<FilePath> AddAsync(long? bytes, int most = 50)
    {
        var path = FilePath.New("demo", FileType.Find("PNG")!);
        Assert.True(await Catalog.TryAddAsync(path, "u", most, Now));
        if (bytes is { } size) await Catalog.CompleteAsync(path, size);
        return path;
    }

    private async Task ReopenAsync()
    {
        Catalog.Dispose();
        Catalog = await OpenAsync();
    }
}
