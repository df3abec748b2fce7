using System.Text;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway.Frames;

/// <summary>Messages and their frames, where requests are handled; the framing itself is judged by <see cref="Rfc6455.ConformanceTests"/>.</summary>
public sealed class FramingTests(MessagingServer server)
{
    private const int Limit = 1024 * 1024;

    [Theory]
    [InlineData(60)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(127)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(Limit)]
    public async Task A_message_of_any_length_class_is_answered(int length)
    {
        await using var socket = await OpenAsync();

        await socket.SendAsync(ClientFrame.Text(Clock("1", length)));

        Assert.Contains("\"reqId\":\"1\"", await socket.ReadTextAsync());
    }

    [Theory]
    [InlineData(Limit)]
    [InlineData(100_000)]
    public async Task A_message_of_any_length_class_is_answered_over_tls(int length)
    {
        await using var socket = await OpenAsync(isTls: true);

        await socket.SendAsync(ClientFrame.Text(Clock("1", length)));

        Assert.Contains("\"reqId\":\"1\"", await socket.ReadTextAsync());
    }

    [Fact]
    public async Task An_empty_message_is_a_message()
    {
        await using var socket = await OpenAsync();

        await socket.SendAsync(ClientFrame.Text(""), ClientFrame.Text(Clock("1")));

        Assert.Contains("\"code\":400", await socket.ReadTextAsync());
        Assert.Contains("\"reqId\":\"1\"", await socket.ReadTextAsync());
    }

    [Fact]
    public async Task A_message_above_the_limit_closes_1009()
    {
        await using var socket = await OpenAsync();

        await socket.SendAsync(ClientFrame.Header(ClientFrame.TextOpcode, Limit + 1));

        Assert.Equal(1009, (await socket.ReadCloseAsync()).CloseCode);
    }

    [Fact]
    public async Task A_message_after_a_violation_is_not_read()
    {
        await using var socket = await OpenAsync();

        await socket.SendAsync(ClientFrame.Build(3, default), ClientFrame.Text(Clock("1")));

        var frame = await socket.ReadAsync();
        Assert.Equal((ClientFrame.CloseOpcode, 1002), (frame!.Opcode, frame.CloseCode));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(125)]
    [ClientRule(25)]
    public async Task A_ping_is_answered_with_its_payload(int length)
    {
        await using var socket = await OpenAsync();
        var payload = Enumerable.Range(0, length).Select(n => (byte)(0xff - n)).ToArray();

        await socket.SendAsync(ClientFrame.Ping(payload));

        Assert.Equal(payload, (await ReadAsync(socket, ClientFrame.PongOpcode)).Payload);
    }

    [Fact]
    public async Task After_a_close_nothing_is_read_and_the_connection_ends()
    {
        await using var socket = await OpenAsync();

        await socket.SendAsync(ClientFrame.Text(Clock("1")), ClientFrame.Close(1000), ClientFrame.Text(Clock("2")), ClientFrame.Ping(1));

        Assert.Contains("\"reqId\":\"1\"", await socket.ReadTextAsync());
        Assert.Equal(ClientFrame.CloseOpcode, (await socket.ReadAsync())!.Opcode);
        Assert.Null(await socket.ReadAsync());
    }

    [Fact]
    public async Task A_client_that_vanishes_hurts_nobody()
    {
        var vanishing = await OpenAsync();
        await vanishing.SendAsync(ClientFrame.Text("{", isFinal: false));
        vanishing.Abort();

        await using var socket = await OpenAsync();
        await socket.SendAsync(ClientFrame.Text(Clock("1")));
        Assert.Contains("\"reqId\":\"1\"", await socket.ReadTextAsync());
    }

    private static string Clock(string id, int length = 0)
    {
        var request = $"{{\"kind\":\"req\",\"id\":\"{id}\",\"type\":\"GetClock\",\"pad\":\"";
        return $"{request}{new string('x', Math.Max(0, length - Encoding.UTF8.GetByteCount(request) - 2))}\"}}";
    }

    private static async Task<ReceivedFrame> ReadAsync(RawSocket socket, int opcode)
    {
        var frame = await socket.ReadAsync();
        Assert.Equal(opcode, frame?.Opcode);
        return frame!;
    }

    private async Task<RawSocket> OpenAsync(bool isTls = false)
    {
        var jwt = server.Server.Identity.ConsumerTokens.Issue("demo").Jwt;
        var socket = await RawSocket.ConnectAsync(isTls ? server.Bound.Https.Port : server.Bound.Http.Port, isTls ? server.Authority : null);
        Assert.Equal(101, (await socket.UpgradeAsync(MessagingServer.ConsumerPath("demo"), $"Authorization: jwt {jwt}")).Status);
        return socket;
    }
}
