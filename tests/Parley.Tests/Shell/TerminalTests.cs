using Parley.Client.Tests.Peer;

namespace Parley.Tests.Shell;

/// <summary><c>parley connect</c> as a person at a terminal uses it.</summary>
public sealed class TerminalTests : IDisposable
{
    private const string Request = """{"kind":"req","id":1,"type":"cm.ConsumerRequestConversation"}""";
    private const string Up = "\e[A";
    private const string ControlD = "\x04";

    private readonly string _folder = Directory.CreateTempSubdirectory("parley-terminal").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Lines_are_typed_and_recalled_and_frames_appear_indented_above_the_prompt()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        var environment = new Dictionary<string, string> { ["PARLEY_HISTORY"] = Path.Combine(_folder, "history"), ["TERM"] = "xterm", ["COLUMNS"] = "80", ["LINES"] = "24" };
        await using ParleyProcess connect = ParleyProcess.StartOnTerminal(environment, $"connect --no-color -c ws://127.0.0.1:{peer.Address.Port}/");
        PeerSocket socket = await peer.AcceptRawAsync();
        await connect.ReadUntilAsync("Connected (press CTRL+C to quit)");
        await connect.Input.WriteAsync(Request + "\r");
        Assert.Equal(Request, await socket.ReceiveTextAsync());
        await socket.SendAsync("""{"kind":"resp","reqId":"1"}""");
        await connect.ReadUntilAsync("< {\r\n  \"kind\": \"resp\",\r\n  \"reqId\": \"1\"\r\n}\r\n");
        await connect.Input.WriteAsync(Up + "\r");
        Assert.Equal(Request, await socket.ReceiveTextAsync());
        await connect.Input.WriteAsync(ControlD);
        Assert.Null(await socket.ReceiveTextAsync());
        Assert.Equal(0, (await connect.EndAsync()).Status);
        Assert.Equal([Request], await File.ReadAllLinesAsync(Path.Combine(_folder, "history")));
    }
}
