using System.Text;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway.Frames;

public sealed class HandshakeTests(MessagingServer server)
{
    private static readonly string Path = MessagingServer.ConsumerPath("demo");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_upgrade_is_accepted_with_the_key_of_the_request(bool isTls)
    {
        await using var socket = await ConnectAsync(isTls);

        var answer = await socket.UpgradeAsync(Path);

        Assert.Equal(101, answer.Status);
        Assert.Equal(RawSocket.Accept, answer.Headers["Sec-WebSocket-Accept"]);
    }

    [Fact]
    [ClientRule(25)]
    public async Task Compression_and_subprotocols_are_declined_and_the_socket_works()
    {
        await using var socket = await ConnectAsync();

        var answer = await socket.UpgradeAsync(Path, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits", "Sec-WebSocket-Protocol: chat", "Origin: https://elsewhere.example");
        await socket.SendAsync(ClientFrame.Text("""{"id":1,"type":"GetClock"}"""));

        Assert.Equal(101, answer.Status);
        Assert.DoesNotContain("Sec-WebSocket-Extensions", answer.Headers.Keys);
        Assert.DoesNotContain("Sec-WebSocket-Protocol", answer.Headers.Keys);
        Assert.Contains("GetClockResponse", await socket.ReadTextAsync());
    }

    [Fact]
    public async Task Frames_may_follow_the_request_in_the_same_write()
    {
        await using var socket = await ConnectAsync();

        await socket.SendAsync([.. Encoding.UTF8.GetBytes(RawSocket.UpgradeRequest(Path)), .. ClientFrame.Text("""{"id":1,"type":"GetClock"}""")]);

        Assert.Equal(101, (await socket.ReadUpgradeAnswerAsync()).Status);
        Assert.Contains("GetClockResponse", await socket.ReadTextAsync());
    }

    [Theory]
    [InlineData("Connection: Upgrade", "Connection: keep-alive, upgrade", 101)]
    [InlineData("Upgrade: websocket", "Upgrade: WebSocket", 101)]
    [InlineData("Upgrade: websocket", "X: y", 426)]
    [InlineData("Upgrade: websocket", "Upgrade: h2c", 426)]
    [InlineData("Connection: Upgrade", "X: y", 426)]
    [InlineData("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8", 400)]
    [InlineData("Sec-WebSocket-Version: 13", "X: y", 400)]
    [InlineData("Sec-WebSocket-Key: " + RawSocket.Key, "Sec-WebSocket-Key: dG9vIHNob3J0", 400)]
    [InlineData("Sec-WebSocket-Key: " + RawSocket.Key, "Sec-WebSocket-Key: not base64!", 400)]
    [InlineData("Sec-WebSocket-Key: " + RawSocket.Key, "X: y", 400)]
    [InlineData("GET ", "POST ", 405)]
    [InlineData("/account/demo/", "/account/nobody/", 404)]
    public async Task A_request_is_judged_by_its_parts(string part, string replacement, int status)
    {
        await using var socket = await ConnectAsync();

        await socket.SendAsync(Encoding.UTF8.GetBytes(RawSocket.UpgradeRequest(Path).Replace(part, replacement)));

        var answer = await socket.ReadUpgradeAnswerAsync();
        Assert.Equal(status, answer.Status);
        if (status == 400) Assert.Equal("13", answer.Headers["Sec-WebSocket-Version"]);
        if (status == 426) Assert.Equal("websocket", answer.Headers["Upgrade"]);
    }

    [Fact]
    [ClientRule(26)]
    public async Task Any_host_header_is_accepted()
    {
        await using var socket = await ConnectAsync();

        await socket.SendAsync(Encoding.UTF8.GetBytes(RawSocket.UpgradeRequest(Path).Replace("Host: localhost", "Host: brand.example:4711")));

        Assert.Equal(101, (await socket.ReadUpgradeAnswerAsync()).Status);
    }

    private Task<RawSocket> ConnectAsync(bool isTls = false) =>
        RawSocket.ConnectAsync(isTls ? server.Bound.Https.Port : server.Bound.Http.Port, isTls ? server.Authority : null);
}
