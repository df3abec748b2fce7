using System.Collections;
using Parley.Server.Hosting;
using Parley.Server.Identity;

namespace Parley.Server.Tests.Hosting;

public sealed class ServerConfigurationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-conf-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_anything_given_the_documented_defaults_hold()
    {
        var options = ServerConfiguration.Load([], new Hashtable());
        Assert.Equal(("data", "127.0.0.1:8080", "127.0.0.1:8443"), (options.Data, options.Http, options.Https));
        Assert.Equal((true, 20, 50, 200, 500), (options.Limits.RateLimits, options.Limits.ConsumerRequestsPerSecond, options.Limits.ConsumerBurst, options.Limits.AgentRequestsPerSecond, options.Limits.AgentBurst));
        Assert.Equal((JournalKind.Sqlite, TokenAlgorithm.ES256), (options.Journal, options.Identity.Algorithm));
    }

    [Fact]
    public void The_command_line_overrides_variables_and_these_the_file_in_the_data_folder()
    {
        File.WriteAllText(
            Path.Combine(_folder, "appsettings.json"),
            """{"Http":"127.0.0.1:1","Https":"127.0.0.1:1","PublicHost":"file.test","Limits":{"TextCharacters":1},"TrustedProxies":["10.0.0.1"]}""");
        var variables = new Hashtable
        {
            ["PARLEY_DATA"] = _folder,
            ["PARLEY_HTTPS"] = "127.0.0.1:2",
            ["PARLEY_PUBLIC_HOST"] = "variable.test",
            ["PARLEY_LIMITS__RATE_LIMITS"] = "false",
            ["PARLEY_IDENTITY__ALGORITHM"] = "RS256",
            ["HTTP"] = "ignored",
        };
        var options = ServerConfiguration.Load([new("PublicHost", "command.test")], variables);
        Assert.Equal(("127.0.0.1:1", "127.0.0.1:2", "command.test"), (options.Http, options.Https, options.PublicHost));
        Assert.Equal((false, 1, TokenAlgorithm.RS256), (options.Limits.RateLimits, options.Limits.TextCharacters, options.Identity.Algorithm));
        Assert.Equal(["10.0.0.1"], options.TrustedProxies);
    }

    [Theory]
    [InlineData("127.0.0.1:0", "127.0.0.1:0")]
    [InlineData("0.0.0.0:80", "localhost:80")]
    [InlineData("*:80", "localhost:80")]
    [InlineData("[::1]:80", "[::1]:80")]
    [InlineData("localhost:80", "127.0.0.1:80")]
    public void Addresses_are_reached_by(string given, string reached) => Assert.Equal(reached, ListenAddress.Parse(given).ToString());

    [Theory]
    [InlineData("8080")]
    [InlineData("nonsense:80")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("")]
    public void Anything_else_is_no_address(string given) => Assert.Throws<FormatException>(() => ListenAddress.Parse(given));
}
