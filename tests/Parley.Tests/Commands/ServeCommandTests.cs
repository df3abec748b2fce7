namespace Parley.Tests.Commands;

public sealed class ServeCommandTests : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("parley-cli-").FullName, "data");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task It_says_when_it_is_ready_and_a_signal_ends_it_with_0(string signal)
    {
        await using var serve = await ServeProcess.StartAsync(_folder);
        Assert.InRange(serve.Welcome.Count, 2, 6);
        var env = File.ReadAllLines(Path.Combine(_folder, "lp.env"));
        var secrets = env.Where(line => line.Contains("PASS=", StringComparison.Ordinal) || line.StartsWith("LP_JWT=", StringComparison.Ordinal)).Select(line => line.Split('=', 2)[1]).ToArray();
        Assert.Equal(3, secrets.Length);
        var (exit, output, log) = await serve.SignalAsync(signal);
        Assert.Equal((0, ""), (exit, output));
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, string.Join('\n', serve.Welcome) + log));
        Assert.False(File.Exists(Path.Combine(_folder, "server.json")));
    }

    [Fact]
    public async Task A_second_one_on_the_same_folder_is_refused()
    {
        await using var serve = await ServeProcess.StartAsync(_folder);
        var (exit, output, error) = await Cli.RunAsync(null, "serve", "--data", _folder, "--http", "127.0.0.1:0", "--https", "127.0.0.1:0");
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("in use", error);
        Assert.Contains(_folder, error);
    }

    [Theory]
    [InlineData(new[] { "--demo" }, true)]
    [InlineData(new[] { "--demo", "on" }, true)]
    [InlineData(new[] { "--demo", "off" }, false)]
    [InlineData(new string[0], false)]
    public async Task The_demo_tells_its_logins_only_when_it_is_asked_for(string[] options, bool told)
    {
        await using var serve = await ServeProcess.StartAsync(_folder, [.. options, "--site", ""]);
        using var http = new HttpClient();
        var address = serve.Welcome.Single(line => line.Contains("http://")).Split("http://")[1].Split(' ')[0];
        using var answer = await http.GetAsync($"http://{address}/demo.json");
        Assert.Equal((told ? 200 : 404, told), ((int)answer.StatusCode, serve.Welcome.Any(line => line.Contains("browser"))));
    }

    [Fact]
    public async Task A_demo_that_others_could_reach_is_refused_with_what_to_do()
    {
        var (exit, output, error) = await Cli.RunAsync(null, "serve", "--data", _folder, "--http", "0.0.0.0:0", "--https", "127.0.0.1:0", "--demo");
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("--demo off", error);
        Assert.False(Directory.Exists(_folder));
    }

    [Fact]
    public async Task Measuring_modes_are_warned_about_and_json_logs_are_json()
    {
        await using var serve = await ServeProcess.StartAsync(_folder, "--limits", "off", "--journal", "none", "--log", "json", "--set", "Limits:TextCharacters=5");
        var (_, _, log) = await serve.SignalAsync("TERM");
        var lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => System.Text.Json.Nodes.JsonNode.Parse(line)!).ToArray();
        Assert.Contains(lines, line => (int)line["EventId"]! == 1003 && (string?)line["LogLevel"] == "Warning");
        Assert.Contains(lines, line => (int)line["EventId"]! == 1004 && (string?)line["LogLevel"] == "Warning");
    }

    [Theory]
    [InlineData("--http", "nowhere")]
    [InlineData("--limits", "perhaps")]
    [InlineData("--demo", "perhaps")]
    [InlineData("--set", "Limits:TextCharacters=many")]
    [InlineData("--set", "Limits:TextCharacters")]
    [InlineData("--certificate", "/nowhere/cert.pem")]
    public async Task A_wrong_option_ends_it_with_1_and_words(string option, string value)
    {
        var (exit, _, error) = await Cli.RunAsync(null, "serve", "--data", _folder, "--https", "127.0.0.1:0", option, value);
        Assert.Equal(1, exit);
        Assert.DoesNotContain("   at ", error);
        Assert.Contains(value.Split('=')[^1], error);
    }
}
