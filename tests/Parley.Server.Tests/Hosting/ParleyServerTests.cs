using System.Net;
using Microsoft.Data.Sqlite;
using Parley.Server.Hosting;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Hosting;

public sealed class ParleyServerTests
{
    [Fact]
    public async Task Readiness_reports_the_checks_that_fail_and_recovers()
    {
        await using var server = await TestServer.StartAsync();
        string? problem = null;
        server.Server.Readiness.Add("journal", () => problem);
        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync("/readyz")).StatusCode);
        problem = "no space left";
        var failing = await server.Http.GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, failing.StatusCode);
        Assert.Equal("""{"ready":false,"problems":{"journal":"no space left"}}""", await failing.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync("/healthz")).StatusCode);
        problem = null;
        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync("/readyz")).StatusCode);
    }

    [Fact]
    public async Task Stopping_drains_every_part_and_takes_back_server_json()
    {
        await using var server = await TestServer.StartAsync();
        var part = new Part();
        server.Server.DrainAtStop(part);
        Assert.True(File.Exists(Path.Combine(server.Folder, "server.json")));
        await server.Server.StopAsync();
        Assert.Equal(1, part.Drained);
        Assert.False(File.Exists(Path.Combine(server.Folder, "server.json")));
        await Assert.ThrowsAsync<HttpRequestException>(() => new HttpClient().GetAsync($"http://{server.Bound.Http}/healthz"));
    }

    [Fact]
    public async Task A_write_that_fails_is_answered_503_and_nothing_is_claimed()
    {
        await using var server = await TestServer.StartAsync();
        await using var other = new SqliteConnection($"Data Source={Path.Combine(server.Folder, "accounts.db")};Pooling=False");
        await other.OpenAsync();
        await Run("ALTER TABLE sessions RENAME TO gone");
        var failed = await server.LoginAsync(server.Env["LP_USER"], server.Env["LP_PASS"]);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        Assert.Empty(await failed.Content.ReadAsByteArrayAsync());
        Assert.False(failed.Headers.Contains("Set-Cookie"));
        await Run("ALTER TABLE gone RENAME TO sessions");
        Assert.Equal(HttpStatusCode.OK, (await server.LoginAsync(server.Env["LP_USER"], server.Env["LP_PASS"])).StatusCode);

        async Task Run(string sql)
        {
            await using var command = other.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task Metrics_carry_route_templates_and_never_paths_or_queries()
    {
        await using var server = await TestServer.StartAsync();
        await server.Http.GetStringAsync("/metrics");
        await server.Http.GetAsync("/api/account/demo/service/idp/baseURI.json?hush=hush");
        await server.Http.GetAsync("/hush/nowhere");
        var metrics = await server.Http.GetStringAsync("/metrics");
        Assert.Contains("http_route=\"/api/account/{account}/service/{service}/baseURI.json\"", metrics);
        Assert.DoesNotContain("hush", metrics);
    }

    [Fact]
    public async Task Logs_carry_event_ids_and_no_secret()
    {
        await using var server = await TestServer.StartAsync();
        var (user, password, jwt) = (server.Env["LP_USER"], server.Env["LP_PASS"], server.Env["LP_JWT"]);
        var body = await (await server.LoginAsync(user, password)).Content.ReadAsStringAsync();
        await server.LoginAsync(user, "wrong-password");
        await server.Http.GetAsync($"/api/account/demo/messaging/consumer/{jwt}");
        var bearer = (string)System.Text.Json.Nodes.JsonNode.Parse(body)!["bearer"]!;
        var logs = string.Join('\n', server.Logs.Where(line => !line.StartsWith("Trace", StringComparison.Ordinal) && !line.StartsWith("Debug", StringComparison.Ordinal)));
        Assert.Contains("Information 2000 ", logs);
        Assert.Contains("Warning 2001 ", logs);
        Assert.All((string[])[user, password, "wrong-password", jwt, bearer], secret => Assert.DoesNotContain(secret, logs));
    }

    [Fact]
    public async Task Measuring_modes_are_warned_about_loudly()
    {
        await using var server = await TestServer.StartAsync(options =>
        {
            options.Limits.RateLimits = false;
            options.Journal = JournalKind.None;
        });
        Assert.Contains(server.Logs, line => line.StartsWith("Warning 1003 RATE LIMITS ARE OFF", StringComparison.Ordinal));
        Assert.Contains(server.Logs, line => line.StartsWith("Warning 1004 THE JOURNAL IS OFF", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("accounts.db")]
    [InlineData("files.db")]
    public async Task A_damaged_file_is_told_by_its_name(string file)
    {
        var folder = Directory.CreateTempSubdirectory("parley-damaged-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, file), new string('x', 4096));
            await using var server = new ParleyServer(TestOptions.In(folder));

            Assert.Contains(file, (await Assert.ThrowsAsync<IOException>(() => server.StartAsync())).Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class Part : IDrainable
    {
        public int Drained { get; private set; }

        public Task DrainAsync(CancellationToken cancellationToken)
        {
            Drained++;
            return Task.CompletedTask;
        }
    }
}
