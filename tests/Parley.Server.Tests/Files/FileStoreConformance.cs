using System.Security.Cryptography;
using Parley.Server.Files;

namespace Parley.Server.Tests.Files;

/// <summary>What every file store promises; the subclasses say how one is opened.</summary>
public abstract class FileStoreConformance : IAsyncLifetime
{
    private protected IFileStore Store { get; private set; } = null!;

    public ValueTask InitializeAsync()
    {
        Store = Open();
        return ValueTask.CompletedTask;
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_000)]
    public async Task What_was_put_is_there_byte_for_byte(int size)
    {
        var (path, content) = (NewPath(), RandomNumberGenerator.GetBytes(size));

        Assert.Equal(size, await PutAsync(path, content, mostBytes: size));

        Assert.True(await Store.ExistsAsync(path, default));
        Assert.Equal(content, await ReadAsync(path));
    }

    [Fact]
    public async Task An_open_file_can_seek_and_outlives_its_deletion()
    {
        var path = NewPath();
        await PutAsync(path, [1, 2, 3, 4]);

        await using var file = (await Store.OpenAsync(path, default))!;
        await Store.DeleteAsync(path, default);
        file.Seek(2, SeekOrigin.Begin);

        Assert.Equal((4, 3), (file.Length, file.ReadByte()));
        Assert.False(await Store.ExistsAsync(path, default));
    }

    [Fact]
    public async Task More_bytes_than_allowed_are_not_kept()
    {
        var path = NewPath();

        Assert.Null(await PutAsync(path, new byte[200_001], mostBytes: 200_000));

        await IsNotThereAsync(path);
    }

    [Fact]
    public async Task What_breaks_off_is_not_kept_and_its_fault_is_told()
    {
        var path = NewPath();

        await Assert.ThrowsAsync<EndOfStreamException>(() => Store.PutAsync(path, new BrokenStream(150_000), long.MaxValue, default));

        await IsNotThereAsync(path);
    }

    [Fact]
    public async Task What_is_cancelled_is_not_kept()
    {
        var path = NewPath();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.PutAsync(path, new MemoryStream([1]), 1, cancelled.Token));

        await IsNotThereAsync(path);
    }

    [Fact]
    public async Task Another_put_takes_the_place_of_the_first_only_when_it_is_whole()
    {
        var path = NewPath();
        await PutAsync(path, [1]);

        Assert.Null(await PutAsync(path, [2, 2], mostBytes: 1));
        await Assert.ThrowsAsync<EndOfStreamException>(() => Store.PutAsync(path, new BrokenStream(10), long.MaxValue, default));
        Assert.Equal([1], await ReadAsync(path));

        await PutAsync(path, [3, 3]);
        Assert.Equal([3, 3], await ReadAsync(path));
    }

    [Fact]
    public async Task Files_of_one_name_in_two_accounts_are_two()
    {
        var one = NewPath();
        var other = one with { AccountId = "other" };
        await PutAsync(one, [1]);
        await PutAsync(other, [2]);

        await Store.DeleteAsync(one, default);

        Assert.False(await Store.ExistsAsync(one, default));
        Assert.Equal([2], await ReadAsync(other));
    }

    [Fact]
    public async Task What_is_not_there_can_be_deleted_and_is_not_opened()
    {
        var path = NewPath("nobody");

        await Store.DeleteAsync(path, default);

        await IsNotThereAsync(path);
    }

    private protected abstract IFileStore Open();

    private protected static FilePath NewPath(string account = "demo") => FilePath.New(account, FileType.Find("PNG")!);

    private protected Task<long?> PutAsync(FilePath path, byte[] content, long mostBytes = long.MaxValue) =>
        Store.PutAsync(path, new MemoryStream(content), mostBytes, default);

    private async Task<byte[]> ReadAsync(FilePath path)
    {
        await using var file = await Store.OpenAsync(path, default);
        Assert.NotNull(file);
        var content = new MemoryStream();
        await file.CopyToAsync(content);
        return content.ToArray();
    }

    private async Task IsNotThereAsync(FilePath path)
    {
        Assert.False(await Store.ExistsAsync(path, default));
        Assert.Null(await Store.OpenAsync(path, default));
    }

    private sealed class BrokenStream(int bytes) : MemoryStream(new byte[bytes])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new EndOfStreamException();
    }
}
