using Parley.Journal;
using Parley.Server.Hosting;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Hosting;

public sealed class DataFolderTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    [Theory]
    [InlineData("lp.env")]
    [InlineData("server.json")]
    [InlineData("ca-key.pem")]
    [InlineData("server-key.pem")]
    [InlineData("accounts.db")]
    [InlineData("accounts.db-wal")]
    [InlineData("files.db")]
    [InlineData("files.db-wal")]
    public async Task Files_with_secrets_belong_to_their_owner_alone(string file)
    {
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(shared.Server.Folder, file)));
    }

    [Fact]
    public async Task A_second_server_on_the_same_folder_is_refused_by_name()
    {
        await using var server = await TestServer.StartAsync();
        await using var second = new ParleyServer(TestOptions.In(server.Folder));
        var refusal = await Assert.ThrowsAsync<DataFolderInUseException>(() => second.StartAsync());
        Assert.Contains(server.Folder, refusal.Message);
    }

    [Fact]
    public async Task A_start_that_fails_gives_everything_back()
    {
        await using var server = await TestServer.StartAsync();
        var folder = Directory.CreateTempSubdirectory("parley-test-").FullName;
        await using (var second = new ParleyServer(new ServerOptions { Data = folder, Http = server.Bound.Http.ToString(), Https = "127.0.0.1:0" }))
        {
            await Assert.ThrowsAnyAsync<IOException>(() => second.StartAsync());
        }

        await using var third = new ParleyServer(TestOptions.In(folder));
        await third.StartAsync();
        await third.StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Servers_on_different_folders_share_a_process()
    {
        await using var one = await TestServer.StartAsync();
        await using var two = await TestServer.StartAsync();
        Assert.NotEqual(one.Bound.Https.Port, two.Bound.Https.Port);
        Assert.Equal("ok\n", await one.Http.GetStringAsync("/healthz"));
        Assert.Equal("ok\n", await two.Http.GetStringAsync("/healthz"));
    }

    [Fact]
    public async Task Plain_secrets_are_nowhere_in_the_store()
    {
        await using var server = await TestServer.StartAsync();
        var (user, password) = (server.Env["LP_USER"], server.Env["LP_PASS"]);
        var login = await server.LoginAsync(user, password);
        var body = System.Text.Json.Nodes.JsonNode.Parse(await login.Content.ReadAsStringAsync())!;
        var keys = await server.OperateAsync("agents/keys", $$"""{"login":"{{user}}"}""");
        var stored = string.Concat(Directory.GetFiles(server.Folder, "accounts.db*").Select(ReadShared));
        Assert.Contains(user, stored);
        string[] secrets =
        [
            password, (string)body["bearer"]!, (string)body["csrf"]!,
            (string)keys["appKey"]!, (string)keys["secret"]!, (string)keys["accessToken"]!, (string)keys["accessTokenSecret"]!,
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, stored));
    }

    private static string ReadShared(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
