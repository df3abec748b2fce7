using Microsoft.Extensions.Time.Testing;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway;

public sealed class KeepAliveTests
{
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(50);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    [Fact]
    [CompatibilityRule(25)]
    public async Task A_socket_without_any_frame_is_pinged_every_50_seconds_and_closed_after_150()
    {
        await using var server = await MessagingServer.StartAsync(time: _time);
        await using var silent = await server.ConsumerAsync("demo");
        silent.AnswersPings = false;
        await silent.CatchUpAsync();

        _time.Advance(PingInterval - TimeSpan.FromSeconds(1));
        await silent.CatchUpAsync();
        for (var pings = 1; pings <= 2; pings++)
        {
            _time.Advance(PingInterval);
            await silent.PingedAsync(pings);
        }

        // The last frame came in second 49.
        _time.Advance(TimeSpan.FromSeconds(199 - 149 - 1));
        Assert.Null(silent.CloseFrame);
        _time.Advance(TimeSpan.FromSeconds(1));
        var close = await silent.ClosedAsync();
        Assert.Equal((1001, "Connection timed out"), (close.CloseCode, close.CloseReason));
    }

    [Fact]
    [ClientRule(25)]
    [CompatibilityRule(18)]
    public async Task A_client_that_only_pings_and_pongs_stays()
    {
        await using var server = await MessagingServer.StartAsync(time: _time);
        var jwt = await server.SignupAsync("demo");
        await using var socket = await server.OpenAsync(MessagingServer.ConsumerPath("demo"), $"Authorization: jwt {jwt}");

        await socket.SyncAsync();

        for (byte round = 0; round < 10; round++)
        {
            _time.Advance(PingInterval);
            Assert.Equal(ClientFrame.PingOpcode, (await socket.ReadAsync())!.Opcode);
            await socket.SendAsync(ClientFrame.Build(ClientFrame.PongOpcode, default), ClientFrame.Ping(round));
            Assert.Equal([round], (await socket.ReadAsync())!.Payload);
        }
    }

    [Fact]
    public async Task A_close_that_the_client_does_not_answer_ends_the_connection_after_two_seconds()
    {
        await using var server = await MessagingServer.StartAsync(time: _time);
        await using var socket = await server.OpenAsync(MessagingServer.ConsumerPath("demo"));
        await socket.SendAsync(ClientFrame.Build(ClientFrame.Binary, default));
        Assert.Equal(1003, (await socket.ReadCloseAsync()).CloseCode);

        var end = socket.ReadAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(end.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        try
        {
            Assert.Null(await end);
        }
        catch (IOException)
        {
            // A reset ends it as well.
        }
    }
}
