using Parley.Shell;

namespace Parley.Tests.Shell;

public sealed class CommandHistoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-history").FullName;

    private string HistoryFile => Path.Combine(_folder, "state", "connect_history");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Lines_return_in_the_next_session()
    {
        var first = new CommandHistory(HistoryFile);
        first.Add("one");
        first.Add("two");
        first.Add("two");
        first.Add("  ");
        var second = new CommandHistory(HistoryFile);
        Assert.Equal(["one", "two"], Enumerable.Range(0, second.Count).Select(i => second[i]));
    }

    [Fact]
    public void The_file_is_its_owners_alone()
    {
        new CommandHistory(HistoryFile).Add("one");
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(HistoryFile));
    }

    [Theory]
    [InlineData("""{"kind":"req","id":"0","type":"InitConnection","headers":[{"type":".ams.headers.ConsumerAuthentication","jwt":"abc"}]}""")]
    [InlineData("""{"x":"eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJjIn0.c2ln"}""")]
    [InlineData("""{"username":"bot","password":"p"}""")]
    [InlineData("""{"accessTokenSecret" : "p"}""")]
    [InlineData("Authorization: Bearer 0123456789")]
    public void A_secret_is_not_kept(string line)
    {
        var history = new CommandHistory(HistoryFile);
        history.Add(line);
        Assert.Equal(0, history.Count);
        Assert.False(File.Exists(HistoryFile));
    }

    [Fact]
    public void The_tutorials_requests_are_kept()
    {
        var history = new CommandHistory(HistoryFile);
        history.Add("""{"kind":"req","id":1,"type":"cm.ConsumerRequestConversation"}""");
        history.Add("""{"kind":"req","id":"22","body":{"fromSeq":0,"dialogId":"c-1"},"type":"ms.SubscribeMessagingEvents"}""");
        Assert.Equal(2, history.Count);
    }

    [Fact]
    public void A_long_history_is_trimmed()
    {
        var history = new CommandHistory(HistoryFile);
        for (int i = 0; i < 1001; i++) history.Add($"line {i}");
        Assert.Equal(500, File.ReadLines(HistoryFile).Count());
        Assert.Equal("line 1000", File.ReadLines(HistoryFile).Last());
    }

    [Fact]
    public void Its_place_is_what_the_shell_says_or_the_state_folder()
    {
        Assert.Equal("/d/h", CommandHistory.DefaultFile(name => name == "PARLEY_HISTORY" ? "/d/h" : null));
        Assert.Equal("/s/parley/connect_history", CommandHistory.DefaultFile(name => name == "XDG_STATE_HOME" ? "/s" : null));
        Assert.Equal("/home/a/.local/state/parley/connect_history", CommandHistory.DefaultFile(name => name == "HOME" ? "/home/a" : null));
        Assert.Null(CommandHistory.DefaultFile(_ => null));
    }
}
