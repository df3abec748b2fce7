using System.Text.Json;
using Parley.Client.Tests.Peer;

namespace Parley.Tests.Shell;

/// <summary><c>parley connect</c> as a process, against the other end of the wire.</summary>
public sealed class ConnectTests
{
    private const string Request = """{"kind":"req","id":1,"type":"cm.ConsumerRequestConversation"}""";
    private const string Answer = """{"kind":"resp","reqId":"1","code":200,"type":"cm.RequestConversationResponse","body":{"conversationId":"c-1"}}""";

    [Fact]
    public async Task A_script_gets_each_frame_as_one_line_and_the_session_ends_with_the_last_answer()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        await using ParleyProcess connect = ParleyProcess.Start("connect", "-c", Address(peer), "-H", "Authorization:jwt abc");
        await connect.Input.WriteLineAsync(Request);
        connect.Input.Close();
        PeerSocket socket = await peer.AcceptRawAsync();
        Assert.Equal("jwt abc", socket.Header("Authorization"));
        Assert.Equal(Request, await socket.ReceiveTextAsync());
        await socket.SendAsync(Answer);
        Assert.Null(await socket.ReceiveTextAsync());
        Assert.Equal((0, Answer + "\n", ""), await connect.EndAsync());
    }

    [Fact]
    public async Task Frames_given_as_arguments_are_sent_in_order_and_the_input_is_not_read()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        await using ParleyProcess connect = ParleyProcess.Start("connect", "-c", Address(peer), "-x", "{\"a\":1}", "-x", "@two", "-w", "-1");
        PeerSocket socket = await peer.AcceptRawAsync();
        Assert.Equal("{\"a\":1}", await socket.ReceiveTextAsync());
        Assert.Equal("@two", await socket.ReceiveTextAsync());
        await socket.SendAsync("{\n  \"multi\": \"line\"\n}");
        Assert.Equal("{\"multi\":\"line\"}", await connect.ReadLineAsync());
        await socket.CloseAsync(1000);
        Assert.Equal((0, "", ""), await connect.EndAsync());
    }

    [Fact]
    public async Task A_close_that_is_not_normal_is_told_and_fails()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        await using ParleyProcess connect = ParleyProcess.Start("connect", "-c", Address(peer));
        PeerSocket socket = await peer.AcceptRawAsync();
        await socket.CloseAsync(4401, "Identity token is invalid");
        Assert.Equal((1, "", "Disconnected (code: 4401, reason: \"Identity token is invalid\")\n"), await connect.EndAsync());
    }

    [Fact]
    public async Task A_refused_upgrade_tells_the_status_and_fails()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        peer.RefuseNextUpgrade(401);
        await using ParleyProcess connect = ParleyProcess.Start("connect", "-c", Address(peer));
        (int status, _, string error) = await connect.EndAsync();
        Assert.Equal(1, status);
        Assert.Contains("401", error);
    }

    [Fact]
    public async Task A_slash_command_closes_with_its_code_and_reason()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        await using ParleyProcess connect = ParleyProcess.Start("connect", "-c", Address(peer), "--slash", "-s", "v1");
        PeerSocket socket = await peer.AcceptRawAsync();
        await connect.Input.WriteLineAsync("/close 3001 good bye");
        Assert.Null(await socket.ReceiveTextAsync());
        Assert.Equal((3001, "good bye"), socket.Closed);
        await connect.EndAsync();
    }

    [Fact]
    public async Task An_interrupt_says_good_bye_and_is_no_failure()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        await using ParleyProcess connect = ParleyProcess.Start("connect", "-c", Address(peer));
        PeerSocket socket = await peer.AcceptRawAsync();
        await connect.Input.WriteLineAsync("line");
        Assert.Equal("line", await socket.ReceiveTextAsync());
        connect.Interrupt();
        Assert.Null(await socket.ReceiveTextAsync());
        Assert.Equal(1000, socket.Closed?.Code);
        Assert.Equal((0, "", ""), await connect.EndAsync());
    }

    [Fact]
    public async Task It_pings_as_often_as_asked_and_shows_the_pongs()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        await using ParleyProcess connect = ParleyProcess.Start("connect", "-c", Address(peer), "-x", Request, "-w", "-1", "-k", "0.05", "-P");
        PeerSocket socket = await peer.AcceptRawAsync();
        await socket.ReceiveTextAsync();
        Task end = socket.ReceiveTextAsync();
        for (int i = 0; i < 3; i++) Assert.Equal("Received pong (data: \"\")", await connect.ReadLineAsync());
        Assert.False(end.IsCompleted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_private_authority_is_trusted_when_the_option_or_the_environment_names_it(bool byOption)
    {
        using var authority = new PrivateAuthority();
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync(authority.Server);
        await using ParleyProcess connect = byOption
            ? ParleyProcess.Start("connect", "-c", Address(peer), "--ca", authority.CaFile, "-x", Request)
            : ParleyProcess.Start(new Dictionary<string, string> { ["NODE_EXTRA_CA_CERTS"] = authority.CaFile }, "connect", "-c", Address(peer), "-x", Request);
        PeerSocket socket = await peer.AcceptRawAsync();
        Assert.Equal(Request, await socket.ReceiveTextAsync());
        await socket.CloseAsync(1000);
        Assert.Equal(0, (await connect.EndAsync()).Status);
    }

    [Fact]
    public async Task A_private_authority_is_refused_when_it_is_not_named_unless_nothing_is_checked()
    {
        using var authority = new PrivateAuthority();
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync(authority.Server);
        await using ParleyProcess strict = ParleyProcess.Start("connect", "-c", Address(peer), "-x", Request);
        (int status, _, string error) = await strict.EndAsync();
        Assert.Equal(1, status);
        Assert.Contains("certificate", error);

        await using ParleyProcess careless = ParleyProcess.Start("connect", "-nc", Address(peer), "-x", Request);
        PeerSocket socket = await peer.AcceptRawAsync();
        Assert.Equal(Request, await socket.ReceiveTextAsync());
        await socket.CloseAsync(1000);
        Assert.Equal(0, (await careless.EndAsync()).Status);
    }

    private static string Address(ScriptedPeer peer) => $"{(peer.Address.Scheme == "https" ? "wss" : "ws")}://127.0.0.1:{peer.Address.Port}/socket";
}
