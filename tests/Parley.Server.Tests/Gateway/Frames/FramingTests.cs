using System.Text;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway.Frames;

/// <summary>RFC 6455 as the Autobahn test suite groups it (1-7 and 9), on a socket of the server.</summary>
public sealed class FramingTests(MessagingServer server)
{
    private const int Limit = 1024 * 1024;

    public static TheoryData<int> InvalidCodes => [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535];

    public static TheoryData<int> ValidCodes => [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999];

    public static TheoryData<string> NotUtf8 =>
    [
        "80", "bf", "c080", "c1bf", "c3", "e08080", "e282", "eda080", "edbfbf", "f0808080", "f4908080", "f888808080", "fe", "ff", "cebaeda08065",
    ];

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
    public async Task Fragments_up_to_the_limit_are_one_message_and_one_byte_more_closes_1009()
    {
        await using var socket = await OpenAsync();
        var text = Encoding.UTF8.GetBytes(Clock("1", Limit));

        await socket.SendAsync(ClientFrame.Build(1, text.AsSpan(0, 900_000), isFinal: false), ClientFrame.Build(0, text.AsSpan(900_000)));
        Assert.Contains("\"reqId\":\"1\"", await socket.ReadTextAsync());

        await socket.SendAsync(ClientFrame.Build(1, text.AsSpan(0, 900_000), isFinal: false), ClientFrame.Header(0, Limit - 900_000 + 1));
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

    [Fact]
    public async Task Bytes_may_arrive_one_at_a_time()
    {
        await using var socket = await OpenAsync();

        foreach (var b in ClientFrame.Text(Clock("1", 130))) await socket.SendAsync([b]);

        Assert.Contains("\"reqId\":\"1\"", await socket.ReadTextAsync());
    }

    [Fact]
    public async Task Many_frames_may_arrive_in_one_write()
    {
        await using var socket = await OpenAsync();

        await socket.SendAsync([.. Enumerable.Range(1, 40).Select(n => ClientFrame.Text(Clock($"{n}")))]);

        for (var n = 1; n <= 40; n++) Assert.Contains($"\"reqId\":\"{n}\"", await socket.ReadTextAsync());
    }

    [Fact]
    public async Task A_message_may_be_fragmented_with_control_frames_and_empty_fragments_between()
    {
        await using var socket = await OpenAsync();
        var text = Encoding.UTF8.GetBytes(Clock("日本"));

        await socket.SendAsync(ClientFrame.Build(1, default, isFinal: false));
        foreach (var b in text) await socket.SendAsync(ClientFrame.Build(0, [b], isFinal: false), ClientFrame.Ping(b));
        await socket.SendAsync(ClientFrame.Build(0, default));

        foreach (var b in text) Assert.Equal([b], (await ReadAsync(socket, ClientFrame.PongOpcode)).Payload);
        Assert.Contains("\"reqId\":\"日本\"", await socket.ReadTextAsync());
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
    public async Task A_pong_nobody_asked_for_is_ignored()
    {
        await using var socket = await OpenAsync();

        await socket.SendAsync(ClientFrame.Build(ClientFrame.PongOpcode, [1, 2]), ClientFrame.Ping(3));

        Assert.Equal([3], (await ReadAsync(socket, ClientFrame.PongOpcode)).Payload);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    public async Task Reserved_bits_close_1002(int bits)
    {
        await CloseFollowsAsync(1002, ClientFrame.Build(ClientFrame.TextOpcode, "{}"u8, reserved: bits));
        await CloseFollowsAsync(1002, ClientFrame.Build(ClientFrame.PingOpcode, default, reserved: bits));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    public Task Reserved_opcodes_close_1002(int opcode) => CloseFollowsAsync(1002, ClientFrame.Build(opcode, "x"u8));

    [Fact]
    public Task A_frame_without_a_mask_closes_1002() => CloseFollowsAsync(1002, ClientFrame.Build(ClientFrame.TextOpcode, "{}"u8, isMasked: false));

    [Fact]
    public Task A_fragmented_ping_closes_1002() => CloseFollowsAsync(1002, ClientFrame.Build(ClientFrame.PingOpcode, default, isFinal: false));

    [Fact]
    public Task A_ping_longer_than_125_bytes_closes_1002() => CloseFollowsAsync(1002, ClientFrame.Ping(new byte[126]));

    [Fact]
    public Task A_continuation_of_nothing_closes_1002() => CloseFollowsAsync(1002, ClientFrame.Build(ClientFrame.Continuation, "x"u8));

    [Fact]
    public Task A_new_message_inside_a_fragmented_one_closes_1002() =>
        CloseFollowsAsync(1002, ClientFrame.Text("{", isFinal: false), ClientFrame.Text("}"));

    [Fact]
    public Task Binary_closes_1003() => CloseFollowsAsync(1003, ClientFrame.Build(ClientFrame.Binary, "{}"u8));

    [Theory]
    [MemberData(nameof(NotUtf8))]
    public async Task Text_that_is_not_utf8_closes_1007(string hex)
    {
        var text = Convert.FromHexString(hex);
        await CloseFollowsAsync(1007, ClientFrame.Build(ClientFrame.TextOpcode, text));
        await CloseFollowsAsync(1007, ClientFrame.Build(ClientFrame.TextOpcode, text.AsSpan(0, 1), isFinal: false), ClientFrame.Build(ClientFrame.Continuation, text.AsSpan(1)));
    }

    [Fact]
    public async Task A_close_without_a_code_is_answered_1000()
    {
        var answer = await CloseFollowsAsync(1000, ClientFrame.Build(ClientFrame.CloseOpcode, default));

        Assert.Empty(answer.CloseReason);
    }

    [Theory]
    [MemberData(nameof(ValidCodes))]
    public Task A_close_code_that_may_be_sent_is_echoed(int code) => CloseFollowsAsync(code, ClientFrame.Close(code, "Ciao, 日本"));

    [Theory]
    [MemberData(nameof(InvalidCodes))]
    public Task A_close_code_that_may_not_be_sent_closes_1002(int code) => CloseFollowsAsync(1002, ClientFrame.Close(code));

    [Fact]
    public Task A_close_of_one_byte_closes_1002() => CloseFollowsAsync(1002, ClientFrame.Build(ClientFrame.CloseOpcode, [3]));

    [Fact]
    public Task A_close_reason_may_have_123_bytes() => CloseFollowsAsync(1000, ClientFrame.Close(1000, new string('x', 123)));

    [Fact]
    public Task A_close_reason_of_124_bytes_closes_1002() => CloseFollowsAsync(1002, ClientFrame.Close(1000, new string('x', 124)));

    [Fact]
    public Task A_close_reason_that_is_not_utf8_closes_1007() => CloseFollowsAsync(1007, ClientFrame.Close(1000, [0xce, 0xba, 0xed, 0xa0]));

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

    private async Task<ReceivedFrame> CloseFollowsAsync(int code, params byte[][] frames)
    {
        await using var socket = await OpenAsync();
        await socket.SendAsync(frames);
        var close = await ReadAsync(socket, ClientFrame.CloseOpcode);
        Assert.Equal(code, close.CloseCode);
        return close;
    }

    private async Task<RawSocket> OpenAsync(bool isTls = false)
    {
        var jwt = server.Server.Identity.ConsumerTokens.Issue("demo").Jwt;
        var socket = await RawSocket.ConnectAsync(isTls ? server.Bound.Https.Port : server.Bound.Http.Port, isTls ? server.Authority : null);
        Assert.Equal(101, (await socket.UpgradeAsync(MessagingServer.ConsumerPath("demo"), $"Authorization: jwt {jwt}")).Status);
        return socket;
    }
}
