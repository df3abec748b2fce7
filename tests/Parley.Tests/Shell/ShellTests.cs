using System.Buffers.Text;
using System.Text;
using Parley.Client.Tests.Peer;

namespace Parley.Tests.Shell;

/// <summary><c>parley shell</c>, with the command lines of the tutorial as they are typed there.</summary>
public sealed class ShellTests : IDisposable
{
    /// <summary>A multiple of three characters, as the server's claims are: base64 without padding.</summary>
    private const string Claims = """{"sub":"19f98cd2-63b9-42e4-bc0d-9222b86574e1","aud":"acc:demo1"}  """;

    private readonly string _data = Directory.CreateTempSubdirectory("parley shell's").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Without_a_server_it_says_what_to_do_first()
    {
        await using ParleyProcess shell = ParleyProcess.Start("shell", "--data", _data, "-c", "true");
        (int status, _, string error) = await shell.EndAsync();
        Assert.Equal(1, status);
        Assert.Contains($"start `parley serve --data {_data}` first", error);
    }

    [Fact]
    public async Task The_exit_status_is_that_of_the_command()
    {
        WriteEnvironment("LP_ACCOUNT=demo1");
        await using ParleyProcess shell = ParleyProcess.Start("shell", "--data", _data, "-c", "exit 7");
        Assert.Equal(7, (await shell.EndAsync()).Status);
    }

    [Fact]
    public async Task Step_1_of_the_tutorial_shows_the_claims()
    {
        WriteEnvironment($"LP_JWT=eyJhIjoxfQ.{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(Claims))}.c2ln");
        await using ParleyProcess shell = ParleyProcess.Start("shell", "--data", _data, "-c", """echo $LP_JWT | sed -e 's/.*\.\(.*\)\..*/\1/' | base64 --decode""");
        Assert.Equal((0, Claims, ""), await shell.EndAsync());
    }

    [Fact]
    public async Task Step_2_of_the_tutorial_opens_a_trusted_socket_with_the_token()
    {
        using var authority = new PrivateAuthority();
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync(authority.Server);
        WriteEnvironment("LP_ACCOUNT=demo1", "LP_JWT=a.b.c", $"LP_ASYNCMESSAGINGENT=127.0.0.1:{peer.Address.Port}", $"NODE_EXTRA_CA_CERTS={authority.CaFile}");
        await using ParleyProcess shell = ParleyProcess.Start("shell", "--data", _data, "-c",
            """wscat -k 60 -H "Authorization:jwt $LP_JWT" -c "wss://$LP_ASYNCMESSAGINGENT/ws_api/account/$LP_ACCOUNT/messaging/consumer?v=3" """);
        PeerSocket socket = await peer.AcceptRawAsync();
        Assert.Equal("/ws_api/account/demo1/messaging/consumer?v=3", socket.Path);
        Assert.Equal("jwt a.b.c", socket.Header("Authorization"));
        await shell.Input.WriteLineAsync("""{"kind":"req","id":1,"type":"cm.ConsumerRequestConversation"}""");
        await socket.AnswerAsync(await socket.ReceiveAsync("cm.ConsumerRequestConversation"), """{"conversationId":"c-1"}""");
        Assert.Contains("\"conversationId\":\"c-1\"", await shell.ReadLineAsync());
        await socket.CloseAsync(1000);
        Assert.Equal(0, (await shell.EndAsync()).Status);
    }

    [Fact]
    public async Task Lines_come_from_the_input_when_no_command_is_given()
    {
        WriteEnvironment("LP_ACCOUNT=demo1");
        await using ParleyProcess shell = ParleyProcess.Start(new Dictionary<string, string> { ["SHELL"] = "/bin/sh" }, "shell", "--data", _data);
        await shell.Input.WriteLineAsync("echo account $LP_ACCOUNT; exit 3");
        Assert.Equal((3, "account demo1\n", ""), await shell.EndAsync());
    }

    [Fact]
    public async Task The_tools_are_its_own_and_nobody_elses()
    {
        WriteEnvironment("LP_ACCOUNT=demo1");
        await using ParleyProcess shell = ParleyProcess.Start("shell", "--data", _data, "-c", "command -v wscat; command -v parley; parley connect --help");
        (int status, string output, _) = await shell.EndAsync();
        Assert.Equal(0, status);
        string tools = Path.Combine(_data, "bin");
        Assert.StartsWith($"{tools}/wscat\n{tools}/parley\n", output);
        Assert.Contains("--show-ping-pong", output);
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(Owner, File.GetUnixFileMode(tools));
        Assert.Equal(Owner, File.GetUnixFileMode(Path.Combine(tools, "wscat")));
    }

    private void WriteEnvironment(params string[] lines) => File.WriteAllLines(Path.Combine(_data, "lp.env"), lines);
}
