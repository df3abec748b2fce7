using Npgsql;
using Parley.Cluster.Moving;
using Parley.Cluster.Tests.Serving;
using Parley.Journal.Postgres.Migrating;
using Parley.Journal.Tests.Postgres.Support;

namespace Parley.Cluster.Tests.Moving;

/// <summary><c>parley migrate</c> as an operator uses it, and what clients see before and after.</summary>
[Collection(ServingTests.Alone)]
public sealed class MigrateCommandTests
{
    [Fact]
    public async Task An_installation_goes_on_as_nodes_and_alone_again_as_if_nothing_had_happened()
    {
        using var folder = TestFolder.Empty();
        using var back = TestFolder.Empty();
        await using var database = new TestDatabase();
        Company company;
        await using (var server = await ServedAsync(null, folder))
        {
            company = await Company.FoundAsync(server, folder.Folder.Path);
            Assert.Contains("in use", (await Executable.RunAsync("migrate", "--data", folder.Folder.Path, "--to", database.ConnectionString)).Error);
            server.Signal("KILL"); // what it has not settled is moved too
            await server.EndedAsync();
        }

        var moved = await MigrateAsync("--data", folder.Folder.Path, "--to", database.ConnectionString);
        Assert.Contains("events", moved);
        string seen;
        await using (var server = await ServedAsync(null, folder)) seen = await LeftAsync(server, company.LookAsync);
        await using (var node = await ServedAsync(database.ConnectionString, null))
        {
            Assert.Equal(seen, await company.LookAsync(node));
            Assert.Contains("stop them first", (await Executable.RunAsync("migrate", "--data", back.Folder.Path, "--from", database.ConnectionString)).Error);
            await company.UseAsync(node);
            seen = await LeftAsync(node, company.LookAsync);
        }

        await MigrateAsync("--data", back.Folder.Path, "--from", database.ConnectionString);
        await using (var server = await ServedAsync(null, back))
        {
            Assert.Equal(seen, await company.LookAsync(server));
            await company.UseAsync(server);
        }
    }

    [Fact]
    public async Task A_move_that_is_killed_is_served_by_nobody_until_it_was_resumed_to_its_end()
    {
        using var folder = await TestFolder.MakeAsync();
        await using var whole = new TestDatabase();
        await using var database = new TestDatabase();
        var expected = await MigrateAsync("--data", folder.Folder.Path, "--to", whole.ConnectionString);
        foreach (var (part, steps) in DatabaseInstallation.Parts) Migrations.Apply(database.Source, part, steps);
        foreach (var table in (string[])["conversation", "message", "agents", "shares", "file_piece"])
        {
            // It stops in the middle of a transaction, where it waits for this one.
            await using var connection = await database.Source.OpenConnectionAsync();
            await using var holding = await connection.BeginTransactionAsync();
            await using (var hold = new NpgsqlCommand($"LOCK TABLE {table} IN SHARE MODE", connection)) await hold.ExecuteNonQueryAsync();
            using var move = Executable.Start(NodePlace.Loopback, "migrate", "--data", folder.Folder.Path, "--to", database.ConnectionString, "--resume");
            await database.Until($"SELECT EXISTS(SELECT FROM pg_locks WHERE NOT granted AND relation = '{table}'::regclass)");
            move.Kill();
            await move.WaitForExitAsync();
            await holding.RollbackAsync();
            await using var node = new NodeProcess(database.ConnectionString);
            node.Launch();
            Assert.Equal(1, await node.EndedAsync());
            Assert.Contains("parley migrate --resume", await node.Error);
        }

        Assert.Contains("--resume", (await Executable.RunAsync("migrate", "--data", folder.Folder.Path, "--to", database.ConnectionString)).Error);
        Assert.Equal(expected, await MigrateAsync("--data", folder.Folder.Path, "--to", database.ConnectionString, "--resume"));
    }

    [Theory]
    [InlineData("Give either --to or --from", "--data", "nowhere")]
    [InlineData("no data folder", "--data", "/nowhere", "--to", "Host=/nowhere")]
    [InlineData("password", "--data", "nowhere", "--to", "Host=/nowhere;Password=secret")]
    public async Task What_makes_no_sense_is_refused(string reason, params string[] arguments)
    {
        var (exitCode, output, error) = await Executable.RunAsync(["migrate", .. arguments]);
        Assert.Equal((1, ""), (exitCode, output.Contains("Usage", StringComparison.Ordinal) ? "" : output));
        Assert.Contains(reason, error);
    }

    private static async Task<NodeProcess> ServedAsync(string? database, TestFolder? folder)
    {
        var server = new NodeProcess(database, folder?.Folder.Path);
        await server.StartAsync();
        return server;
    }

    private static async Task<string> LeftAsync(NodeProcess server, Func<NodeProcess, Task<string>> look)
    {
        var seen = await look(server);
        server.Signal("TERM");
        Assert.Equal(0, await server.EndedAsync());
        return seen;
    }

    private static async Task<string> MigrateAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await Executable.RunAsync(["migrate", .. arguments]);
        Assert.True(exitCode == 0, error);
        return output;
    }
}
