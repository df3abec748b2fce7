using System.Text.Json.Nodes;
using Parley.Server.Discovery;
using Parley.Server.Hosting;

namespace Parley.Server.Tests.Hosting;

public sealed class EnvironmentFileTests
{
    [Fact]
    public async Task A_shell_reads_every_variable_as_it_stands_in_the_file()
    {
        await using var server = await TestServer.StartAsync();
        var (exit, output) = await Shell.RunAsync("set -eu; set -a; . \"$FILE\"; env", ("FILE", Path.Combine(server.Folder, "lp.env")));
        Assert.Equal(0, exit);
        var seen = output.Split('\n');
        Assert.All(server.Env, variable => Assert.Contains($"{variable.Key}={variable.Value}", seen));
    }

    [Fact]
    public async Task It_names_the_account_the_agents_the_token_and_every_service()
    {
        await using var server = await TestServer.StartAsync();
        var env = server.Env;
        Assert.Equal("demo", env["LP_ACCOUNT"]);
        Assert.All(Services.Names, name => Assert.Equal($"127.0.0.1:{server.Bound.Https.Port}", env[$"LP_{name.ToUpperInvariant()}"]));
        Assert.Equal(env["LP_IDP"], env["LP_CSDS"]);
        Assert.All(
            (string[])["LP_JWT", "LP_USER", "LP_PASS", "LP_MANAGER_USER", "LP_MANAGER_PASS"],
            name => Assert.NotEmpty(env[name]));
        Assert.Equal(Path.Combine(server.Folder, "ca.pem"), env["NODE_EXTRA_CA_CERTS"]);
    }

    [Fact]
    public async Task The_tutorials_line_prints_the_claims_as_clean_json_and_exits_0()
    {
        await using var server = await TestServer.StartAsync();
        var (exit, output) = await Shell.RunAsync(
            """set -a; . "$FILE"; set +a; echo $LP_JWT | sed -e 's/.*\.\(.*\)\..*/\1/' | base64 --decode""",
            ("FILE", Path.Combine(server.Folder, "lp.env")));
        Assert.Equal(0, exit);
        var claims = JsonNode.Parse(output)!;
        Assert.True(Guid.TryParse((string?)claims["sub"], out _));
        Assert.Equal("acc:demo", (string?)claims["aud"]);
    }

    [Fact]
    public async Task Token_and_passwords_stay_across_a_restart_and_the_ports_follow()
    {
        await using var server = await TestServer.StartAsync();
        var before = server.Env;
        await server.RestartAsync();
        var after = server.Env;
        Assert.All((string[])["LP_JWT", "LP_PASS", "LP_MANAGER_PASS"], name => Assert.Equal(before[name], after[name]));
        Assert.Equal($"127.0.0.1:{server.Bound.Https.Port}", after["LP_CSDS"]);
        Assert.Equal(200, (int)(await server.LoginAsync(after["LP_USER"], after["LP_PASS"])).StatusCode);
        Assert.Equal(200, (int)(await server.LoginAsync(after["LP_MANAGER_USER"], after["LP_MANAGER_PASS"])).StatusCode);
    }

    [Fact]
    public async Task A_server_starts_beside_a_file_that_somebody_has_edited()
    {
        await using var server = await TestServer.StartAsync();
        var before = server.Env;
        await File.AppendAllTextAsync(Path.Combine(server.Folder, "lp.env"), $"\n# agent=me\n=x\nLP_USER={before["LP_USER"]}\n");

        await server.RestartAsync();

        Assert.Equal((before["LP_USER"], before["LP_PASS"]), (server.Env["LP_USER"], server.Env["LP_PASS"]));
    }

    [Fact]
    public async Task An_expired_or_revoked_token_is_replaced_at_the_next_start()
    {
        await using var server = await TestServer.StartAsync();
        var first = server.Env["LP_JWT"];
        await server.RestartAsync(after: TimeSpan.FromDays(366));
        var second = server.Env["LP_JWT"];
        Assert.NotEqual(first, second);
        await server.OperateAsync("tokens/revoke", $$"""{"jwt":"{{second}}"}""");
        await server.RestartAsync();
        Assert.NotEqual(second, server.Env["LP_JWT"]);
    }

    [Fact]
    public async Task Public_host_names_the_address()
    {
        await using var server = await TestServer.StartAsync(options => options.PublicHost = "chat.example.test");
        Assert.Equal($"chat.example.test:{server.Bound.Https.Port}", server.Env["LP_IDP"]);
        await using var behind = await TestServer.StartAsync(options => options.PublicHost = "chat.example.test:443");
        Assert.Equal("chat.example.test:443", behind.Env["LP_IDP"]);
    }

    [Theory]
    [InlineData("with blank", false)]
    [InlineData("quote'd", false)]
    [InlineData("$HOME", false)]
    [InlineData("back`tick", false)]
    [InlineData("/srv/parley-1/ca.pem", true)]
    [InlineData("[::1]:8443", true)]
    public void Values_that_would_need_quotes_are_not_written(string value, bool fits) => Assert.Equal(fits, EnvironmentFile.CanHold(value));
}
