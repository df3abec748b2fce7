using Parley.Commands;
using Parley.Shell;

namespace Parley.Tests.Shell;

public sealed class ConnectOptionsTests
{
    private static ConnectOptions Read(params string[] arguments) => ConnectCommand.Read(ConnectCommand.Create().Parse(arguments));

    private static IEnumerable<string> Errors(params string[] arguments) => ConnectCommand.Create().Parse(arguments).Errors.Select(e => e.Message);

    [Fact]
    public void The_tutorials_line_is_understood()
    {
        ConnectOptions options = Read("-k", "60", "-H", "Authorization:jwt e.y.j", "-c", "wss://h:8443/ws_api/account/a/messaging/consumer?v=3");
        Assert.Equal(TimeSpan.FromSeconds(60), options.Ping);
        Assert.Equal([new("Authorization", "jwt e.y.j")], options.Headers);
        Assert.Equal("wss://h:8443/ws_api/account/a/messaging/consumer?v=3", options.Address.ToString());
    }

    [Fact]
    public void Repeated_options_keep_their_order()
    {
        ConnectOptions options = Read("-c", "ws://h", "-H", "A: 1:2", "-H", "B:2", "-x", "one", "-x", "two", "-s", "p1", "-s", "p2");
        Assert.Equal([new("A", "1:2"), new("B", "2")], options.Headers);
        Assert.Equal(["one", "two"], options.Execute);
        Assert.Equal(["p1", "p2"], options.Subprotocols);
    }

    [Fact]
    public void Long_names_are_wscats()
    {
        ConnectOptions options = Read("--connect", "h:1/p", "--header", "A:1", "--execute", "x", "--wait", "-1", "--subprotocol", "s", "--auth", "u:p", "--origin", "o",
            "--host", "n", "--show-ping-pong", "--slash", "--no-color", "--no-check", "--location", "--max-redirects", "3", "--protocol", "13");
        Assert.Equal("ws://h:1/p", options.Address.ToString());
        Assert.Equal([new("A", "1"), new("Authorization", "Basic dTpw"), new("Host", "n"), new("Origin", "o")], options.Headers);
        Assert.Equal(TimeSpan.FromSeconds(-1), options.Wait);
        Assert.True(options is { ShowPings: true, SlashCommands: true, Color: false });
    }

    [Theory]
    [InlineData("-H", "no colon")]
    [InlineData("-k", "0")]
    [InlineData("-k", "often")]
    [InlineData("-p", "8")]
    public void Nonsense_is_refused(string option, string value) => Assert.NotEmpty(Errors("-c", "ws://h", option, value));

    [Theory]
    [InlineData("ftp://h")]
    [InlineData("ws://")]
    public void An_address_that_is_none_is_refused(string address) => Assert.NotEmpty(Errors("-c", address));

    [Fact]
    public void An_address_is_required() => Assert.NotEmpty(Errors("-k", "60"));
}
