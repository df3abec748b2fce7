using Microsoft.Extensions.Time.Testing;
using Parley.Journal;
using Parley.Server.Files;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Files;

/// <summary>How long files are kept, and what a crash does to them.</summary>
public sealed class KeepingTests
{
    [Fact]
    public async Task A_share_that_was_acknowledged_outlives_a_crash_and_so_do_addresses()
    {
        var folder = Directory.CreateTempSubdirectory("parley-crashed-").FullName;
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        try
        {
            string jwt, path, conversation, unshared, url;
            var content = SharingClient.Png();
            await using (var first = await MessagingServer.StartAsync(time: time))
            {
                jwt = await first.SignupAsync("demo");
                await using var consumer = await first.ConsumerAsync("demo", jwt);
                conversation = await Talk.OpenConversationAsync(consumer);
                path = await consumer.UploadAsync(first.Http, content);
                unshared = await consumer.UploadAsync(first.Http);
                await consumer.ShareAsync(conversation, path);
                url = SharingClient.UrlOf((await consumer.AskForAsync(path)).Body!);
                CopyWhatIsOnDisk(Path.GetDirectoryName(first.Bound.TrustFile)!, folder);
            }

            await using var second = await MessagingServer.StartAsync(options => options.Data = folder, time);
            Assert.Equal(content, await second.Http.GetByteArrayAsync(url));
            await using var again = await second.ConsumerAsync("demo", jwt);
            await using var manager = await second.AgentAsync("demo", AgentRole.Manager);
            await using var other = await second.ConsumerAsync("demo");
            Assert.Equal(content, await again.ReadAsync(second.Http, path));
            Assert.Equal(content, await manager.ReadAsync(second.Http, path));
            Assert.Equal(404, (await other.AskForAsync(path)).Code);
            await manager.DoAsync(".ams.ms.QueryMessages", $$"""{"dialogId":"{{conversation}}","maxQuantity":10}""");
            Assert.Equal(1, (int)(await again.ShareAsync(conversation, unshared)).Body!["sequence"]!);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_file_that_nobody_shared_is_deleted_after_a_day_and_a_shared_one_stays()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await MessagingServer.StartAsync(time: time);
        var jwt = await server.SignupAsync("demo");
        string shared, unshared, refused;
        await using (var consumer = await server.ConsumerAsync("demo", jwt))
        {
            var conversation = await Talk.OpenConversationAsync(consumer);
            (shared, unshared, refused) = (await consumer.UploadAsync(server.Http), await consumer.UploadAsync(server.Http), await consumer.UploadAsync(server.Http));
            await consumer.ShareAsync(conversation, shared);
            Assert.Equal(404, (await consumer.ShareAsync("no-such-dialog", refused)).Code);
        }

        var folder = Path.Combine(Path.GetDirectoryName(server.Bound.TrustFile)!, "files", "demo");
        var gone = new TaskCompletionSource();
        using var watcher = new FileSystemWatcher(folder) { EnableRaisingEvents = true };
        watcher.Deleted += (_, _) =>
        {
            if (Directory.GetFiles(folder).Length == 1) gone.TrySetResult();
        };
        time.Advance(TimeSpan.FromHours(23));
        Assert.Equal(3, Directory.GetFiles(folder).Length);
        time.Advance(TimeSpan.FromHours(2));
        await gone.Task.WaitAsync(RawSocket.Patience);

        await using var later = await server.ConsumerAsync("demo", jwt);
        Assert.Equal(200, (await later.AskForAsync(shared)).Code);
        Assert.Equal(404, (await later.AskForAsync(unshared)).Code);
        Assert.Equal(404, (await later.AskForAsync(refused)).Code);
    }

    [Fact]
    public async Task A_catalogue_of_a_newer_version_is_not_opened()
    {
        var folder = Directory.CreateTempSubdirectory("parley-newer-").FullName;
        try
        {
            var path = Path.Combine(folder, "files.db");
            (await FileCatalog.OpenAsync(path)).Dispose();
            using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path};Pooling=False"))
            {
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA user_version = 2";
                command.ExecuteNonQuery();
            }

            Assert.Contains("version 2", (await Assert.ThrowsAsync<InvalidDataException>(() => FileCatalog.OpenAsync(path))).Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The disk as the next process finds it when this one is killed: nothing was closed. The journal precedes what is settled from it.
    private static void CopyWhatIsOnDisk(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (Path.GetFileName(file) == DataFolderLock.FileName) continue;
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
