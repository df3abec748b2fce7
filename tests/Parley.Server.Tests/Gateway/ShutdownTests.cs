using Parley.Journal.Memory;
using Parley.Protocol;
using Parley.Protocol.Codes;
using Parley.Server.Gateway;
using Parley.Server.Hosting;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway;

public sealed class ShutdownTests
{
    [Fact]
    public async Task Requests_in_flight_are_answered_then_every_socket_is_closed_1001()
    {
        var journal = new MemoryJournal();
        await using var server = await MessagingServer.StartAsync(journal: journal);
        await using var consumer = await server.ConsumerAsync("demo");
        await using var idle = await server.AgentAsync("demo");
        await using var stranger = await server.StrangerAsync("demo");
        var dialog = await Talk.OpenConversationAsync(consumer);
        await stranger.CatchUpAsync();
        journal.Hold();
        await consumer.SendRawAsync(
            ClientFrame.Text(WireClient.Request("p", "ms.PublishEvent", WireClient.PublishBody(dialog, "last words"))),
            ClientFrame.Text(WireClient.Request("c", "GetClock")),
            ClientFrame.Ping());
        await consumer.PongedAsync();

        var stopping = server.Server.StopAsync();
        Assert.Equal(1001, (await idle.ClosedAsync()).CloseCode);
        Assert.Equal(1001, (await stranger.ClosedAsync()).CloseCode);
        Assert.Null(consumer.CloseFrame);
        await consumer.SendAsync(WireClient.Request("late", "GetClock"));
        journal.Release();

        Assert.Equal(200, (await consumer.AnswerAsync("p")).Code);
        Assert.Equal(200, (await consumer.AnswerAsync("c")).Code);
        var close = await consumer.ClosedAsync();
        Assert.Equal((1001, "Server is shutting down"), (close.CloseCode, close.CloseReason));
        await stopping.WaitAsync(RawSocket.Patience);
        Assert.DoesNotContain(consumer.Frames, f => f.ReqId == "late");
    }

    /// <summary>The bug: the socket closed between the reading of a frame and the taking of its slot; the message was stored and its answer was not sent.</summary>
    [Fact]
    public async Task A_request_that_is_just_being_read_is_answered_before_its_socket_closes()
    {
        var transport = new Ownership.Support.MemoryTransport();
        var connection = new Connection("demo", Dialect.V3, transport, new LimitOptions(), TimeProvider.System, new Ownership.Support.TestLifetime());

        Assert.True(connection.BeginRead());
        connection.CloseWhenAnswered(CloseCode.GoingAway, "");
        Assert.Null(connection.Closing);
        var slot = connection.TakeSlot();
        connection.EndRead();
        Assert.Null(connection.Closing);
        connection.Answer(slot, "answer"u8);

        Assert.Equal(CloseCode.GoingAway, connection.Closing);
        Assert.Equal([.. "answer"u8, 0x88, 2, 0x03, 0xe9], (await transport.ClientInput.ReadAsync(TestContext.Current.CancellationToken)).Buffer.FirstSpan.ToArray());
    }

    [Fact]
    public async Task Clients_that_never_stop_asking_do_not_keep_the_server_from_stopping()
    {
        await using var server = await MessagingServer.StartAsync(o => o.Limits.RateLimits = false);
        var jwt = await server.SignupAsync("demo");
        await using var consumer = await server.ConsumerAsync("demo", jwt);
        var dialog = await Talk.OpenConversationAsync(consumer);
        await using var busy = await server.OpenAsync(MessagingServer.ConsumerPath("demo"), $"Authorization: jwt {jwt}");
        var asking = AskAsync();
        Assert.Contains("\"code\":200", await busy.ReadTextAsync());

        var stopping = server.Server.StopAsync();

        Assert.Equal(1001, (await busy.ReadCloseAsync()).CloseCode);
        await stopping.WaitAsync(RawSocket.Patience);
        await asking;

        async Task AskAsync()
        {
            var requests = Enumerable.Range(0, 20).Select(i => ClientFrame.Text(WireClient.Request($"{i}", "ms.PublishEvent", WireClient.PublishBody(dialog, "more")))).ToArray();
            try
            {
                while (true) await busy.SendAsync(requests);
            }
            catch (IOException)
            {
                // The server has gone, which is the point.
            }
        }
    }

    [Fact]
    public async Task A_client_that_does_not_answer_the_close_does_not_keep_the_server_from_stopping()
    {
        await using var server = await MessagingServer.StartAsync();
        await using var deaf = await server.OpenAsync(MessagingServer.ConsumerPath("demo"));
        await deaf.SyncAsync();

        await server.Server.StopAsync().WaitAsync(RawSocket.Patience);

        Assert.Equal(1001, (await deaf.ReadAsync())?.CloseCode);
    }
}
