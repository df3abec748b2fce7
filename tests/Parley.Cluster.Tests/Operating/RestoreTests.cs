using System.Diagnostics;
using Npgsql;
using Parley.Client;
using Parley.Client.Tests.Peer;
using Parley.Cluster.Tests.Moving;
using Parley.Cluster.Tests.Serving;
using Parley.Journal.Tests.Postgres.Support;

namespace Parley.Cluster.Tests.Operating;

/// <summary>The backup of docs/operations.md: a dump that is taken while a node serves.</summary>
[Collection(ServingTests.Alone)]
public sealed class RestoreTests
{
    private static readonly string[] WhoLives = ["node", "node_report", "silo", "membership"];

    private int _acknowledged;

    [Fact]
    public async Task What_was_dumped_while_a_node_served_is_served_again_beside_the_original()
    {
        await using var database = new TestDatabase();
        await using var restored = new TestDatabase();
        using var folder = TestFolder.Empty();
        await using var node = new NodeProcess(database.ConnectionString, folder.Folder.Path);
        await node.StartAsync();
        var company = await Company.FoundAsync(node, folder.Folder.Path);
        await using var consumer = await ConsumerClient.SignUpAsync(node.Endpoints);
        await consumer.ConnectAsync().Within();
        var conversation = await consumer.RequestConversationAsync().Within();

        using var enough = new CancellationTokenSource();
        var publishing = PublishAsync();
        while (Volatile.Read(ref _acknowledged) < 50) await Task.Yield();
        var before = _acknowledged;
        var dump = Path.Combine(Path.GetDirectoryName(folder.Folder.Path)!, "dump");
        await RunAsync(database, "pg_dump", ["-Fc", "-f", dump, .. WhoLives.Select(table => $"--exclude-table-data={table}")]);
        await enough.CancelAsync();
        await publishing;

        await RunAsync(restored, "pg_restore", ["--no-owner", dump]);
        await using var other = new NodeProcess(restored.ConnectionString);
        await other.StartAsync();
        Assert.Equal(1L, restored.Run("SELECT count(*) FROM node WHERE lease_until > now()"));
        await company.UseAsync(other);
        await using var again = new ConsumerClient(other.Endpoints, consumer.Jwt);
        await again.ConnectAsync().Within();
        var stored = await again.QueryMessagesAsync(conversation).Within();
        Assert.InRange(stored.Count, before, _acknowledged);
        Assert.Equal(Enumerable.Range(0, stored.Count).Select(i => $"{i}"), stored.Select(message => message.Text));
        Assert.Equal(1L, restored.Run("SELECT count(*) FROM silo"));
        Assert.Equal(1L, database.Run("SELECT count(*) FROM silo"));

        async Task PublishAsync()
        {
            for (; !enough.IsCancellationRequested; _acknowledged++) await consumer.PublishTextAsync(conversation, $"{_acknowledged}").Within();
        }
    }

    private static async Task RunAsync(TestDatabase database, string program, string[] arguments)
    {
        var server = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        using var process = Process.Start(new ProcessStartInfo(program, ["-h", server.Host!, "-p", $"{server.Port}", "-U", server.Username!, "-d", database.Name, .. arguments]) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, error);
    }
}
