using Microsoft.Extensions.Time.Testing;
using Parley.Accounts.Postgres.Files;
using Parley.Journal.Tests.Postgres.Support;
using Parley.Server.Files;
using Parley.Server.Tests.Files;

namespace Parley.Accounts.Postgres.Tests.Files;

public sealed class PostgresFileStoreTests : FileStoreConformance
{
    private readonly TestDatabase _database = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private PostgresFileStore? _store;

    private long Pieces => (long)_database.Run("SELECT count(*) FROM file_piece")!;

    [Fact]
    public async Task A_file_of_many_pieces_is_read_from_any_place()
    {
        var (path, content) = (NewPath(), Enumerable.Range(0, 3 * PostgresFileStore.PieceBytes + 1).Select(i => (byte)(i * 7 / 3)).ToArray());
        await PutAsync(path, content);
        Assert.Equal(4, Pieces);

        await using var file = (await Store.OpenAsync(path, default))!;
        var some = new byte[1000];
        foreach (var at in new[] { content.Length - 500, 0, PostgresFileStore.PieceBytes - 1, 2 * PostgresFileStore.PieceBytes })
        {
            file.Seek(at, SeekOrigin.Begin);
            var read = await file.ReadAtLeastAsync(some, some.Length, throwOnEndOfStream: false);
            Assert.Equal(content.AsSpan(at, Math.Min(1000, content.Length - at)), some.AsSpan(0, read));
        }
    }

    [Fact]
    public async Task What_is_not_kept_leaves_nothing_behind()
    {
        await PutAsync(NewPath(), new byte[PostgresFileStore.PieceBytes + 1], PostgresFileStore.PieceBytes);

        Assert.Equal((0L, 0L), (Pieces, _database.Run("SELECT count(*) FROM file_upload")));
    }

    [Fact]
    public async Task What_a_crash_left_goes_with_the_deletion_or_a_day_later()
    {
        var (one, other) = (NewPath(), NewPath());
        foreach (var path in new[] { one, other })
        {
            _database.Run($"""
                WITH upload AS (INSERT INTO file_upload(path, begun_ts) VALUES('{path}', {_time.GetUtcNow().ToUnixTimeMilliseconds()}) RETURNING id)
                INSERT INTO file_piece SELECT id, 0, 'x' FROM upload
                """);
            Assert.False(await Store.ExistsAsync(path, default));
        }

        await Store.DeleteAsync(one, default);
        Assert.Equal(1, Pieces);
        _time.Advance(TimeSpan.FromHours(23));
        await _store!.SweepAsync();
        Assert.Equal(1, Pieces);
        _time.Advance(TimeSpan.FromHours(1));
        await _store.SweepAsync();
        Assert.Equal(0, Pieces);
    }

    [Fact]
    public async Task What_was_deleted_is_gone_for_good_an_hour_later()
    {
        var path = NewPath();
        await PutAsync(path, [1]);
        await Store.DeleteAsync(path, default);
        Assert.Equal(1, Pieces);

        _time.Advance(TimeSpan.FromHours(1));
        await _store!.SweepAsync();

        Assert.Equal(0, Pieces);
    }

    public override async ValueTask DisposeAsync()
    {
        _store?.Dispose();
        await _database.DisposeAsync();
        await base.DisposeAsync();
    }

    private protected override IFileStore Open()
    {
        FileTables.Prepare(_database.Source);
        return _store = new PostgresFileStore(_database.Source, _time);
    }
}
