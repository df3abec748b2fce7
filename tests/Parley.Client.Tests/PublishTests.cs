using System.Text.Json;
using Parley.Client.Tests.Peer;

namespace Parley.Client.Tests;

/// <summary>A publish is stored once, whatever happens to its answer.</summary>
public sealed class PublishTests
{
    private const string Dialog = "d-1";

    private static async Task<(ConsumerClient Client, PeerSocket Socket)> ConnectAsync(ScriptedPeer peer, ParleyClientOptions? options = null)
    {
        var client = new ConsumerClient(peer.Endpoints, Tokens.Consumer(), options ?? new() { Reconnect = new() { Jitter = () => 0 } });
        Task connecting = client.ConnectAsync();
        PeerSocket socket = await peer.AcceptAsync();
        await connecting.Within();
        return (client, socket);
    }

    private static string EventId(JsonElement request) => request.GetProperty("body").GetProperty("eventId").GetString()!;

    [Fact]
    public async Task A_text_is_sent_as_the_protocol_says_and_its_number_returned()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (ConsumerClient client, PeerSocket socket) = await ConnectAsync(peer);
        using JsonDocument metadata = JsonDocument.Parse("""[{"type":"ExternalId","id":"x"}]""");
        Task<long> publishing = client.PublishTextAsync(Dialog, "Grüß \"Gott\"", new() { EventId = "e-1", Metadata = metadata.RootElement });
        JsonElement request = await socket.ReceiveAsync("ms.PublishEvent");
        Assert.Equal("""{"dialogId":"d-1","eventId":"e-1","event":{"type":"ContentEvent","contentType":"text/plain","message":"Grüß \"Gott\""}}""",
            JsonSerializer.Serialize(request.GetProperty("body"), new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal("""[{"type":"ExternalId","id":"x"}]""", request.GetProperty("metadata").GetRawText());
        await socket.AnswerAsync(request, """{"sequence":7}""");
        Assert.Equal(7, await publishing.Within());
        await PeerSocket.LeaveAsync(client, socket);
    }

    [Theory]
    [InlineData(1001)]
    [InlineData(1006)]
    [InlineData(1013)]
    public async Task A_publish_whose_answer_is_lost_is_repeated_with_the_same_id(int code)
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (ConsumerClient client, PeerSocket socket) = await ConnectAsync(peer);
        Task<long> publishing = client.PublishTextAsync(Dialog, "once");
        string first = EventId(await socket.ReceiveAsync("ms.PublishEvent"));
        if (code == 1006) socket.Abort();
        else await socket.CloseAsync(code);

        PeerSocket second = await peer.AcceptAsync();
        JsonElement repeat = await second.ReceiveAsync("ms.PublishEvent");
        Assert.Equal(first, EventId(repeat));
        await second.AnswerAsync(repeat, """{"sequence":3}""");
        Assert.Equal(3, await publishing.Within());
        await PeerSocket.LeaveAsync(client, second);
    }

    [Fact]
    public async Task A_publish_that_is_not_answered_in_time_is_repeated_with_the_same_id()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        var time = new ObservedTime();
        (ConsumerClient client, PeerSocket socket) = await ConnectAsync(peer, new() { Time = time, PingInterval = TimeSpan.FromHours(1), RequestTimeout = TimeSpan.FromSeconds(11) });
        // The greeting's wait was the first of this length.
        await time.WaitForTimerAsync(due => due == TimeSpan.FromSeconds(11));
        Task<long> publishing = client.PublishTextAsync(Dialog, "once");
        string first = EventId(await socket.ReceiveAsync("ms.PublishEvent"));
        await time.WaitForTimerAsync(due => due == TimeSpan.FromSeconds(11));
        time.Advance(TimeSpan.FromSeconds(11));
        JsonElement repeat = await socket.ReceiveAsync("ms.PublishEvent");
        Assert.Equal(first, EventId(repeat));
        await socket.AnswerAsync(repeat, """{"sequence":0}""");
        Assert.Equal(0, await publishing.Within());
        await PeerSocket.LeaveAsync(client, socket);
    }

    [Theory]
    [InlineData(429, 1.0)]
    [InlineData(503, 0.25)]
    public async Task A_publish_the_server_cannot_take_now_is_repeated_after_a_pause(int code, double seconds)
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        var time = new ObservedTime();
        (ConsumerClient client, PeerSocket socket) = await ConnectAsync(peer, new() { Time = time, Reconnect = new() { Jitter = () => 0.5 } });
        Task<long> publishing = client.PublishTextAsync(Dialog, "once");
        JsonElement first = await socket.ReceiveAsync("ms.PublishEvent");
        await socket.AnswerAsync(first, "\"later\"", code);
        TimeSpan pause = await time.WaitForTimerAsync(due => due < TimeSpan.FromSeconds(3));
        Assert.True(pause >= TimeSpan.FromSeconds(seconds), $"It waited {pause}.");
        time.Advance(pause);
        JsonElement repeat = await socket.ReceiveAsync("ms.PublishEvent");
        Assert.Equal(EventId(first), EventId(repeat));
        await socket.AnswerAsync(repeat, """{"sequence":0}""");
        await publishing.Within();
        await PeerSocket.LeaveAsync(client, socket);
    }

    [Fact]
    public async Task A_server_that_never_takes_it_is_given_up_with_its_last_word()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (ConsumerClient client, PeerSocket socket) = await ConnectAsync(peer, new() { RetryFor = TimeSpan.Zero });
        Task<long> publishing = client.PublishTextAsync(Dialog, "once");
        await socket.AnswerAsync(await socket.ReceiveAsync("ms.PublishEvent"), "\"no room\"", 503);
        ParleyRequestException e = await Assert.ThrowsAsync<ParleyRequestException>(() => publishing.Within());
        Assert.Equal((503, "no room"), (e.Code, e.Details));
        await PeerSocket.LeaveAsync(client, socket);
    }

    [Fact]
    public async Task A_refusal_is_not_repeated_and_tells_what_the_server_said()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (ConsumerClient client, PeerSocket socket) = await ConnectAsync(peer);
        Task<long> publishing = client.PublishTextAsync(Dialog, "once");
        await socket.AnswerAsync(await socket.ReceiveAsync("ms.PublishEvent"), """{"title":"Bad Request","details":"The dialog is closed"}""", 400, ".ReqBody$ErrorResp");
        ParleyRequestException e = await Assert.ThrowsAsync<ParleyRequestException>(() => publishing.Within());
        Assert.Equal((400, ".ReqBody$ErrorResp", "The dialog is closed", "ms.PublishEvent"), (e.Code, e.Type, e.Details, e.RequestType));
        await PeerSocket.LeaveAsync(client, socket);
    }

    [Fact]
    public async Task A_chat_state_whose_answer_is_lost_is_not_repeated()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (ConsumerClient client, PeerSocket socket) = await ConnectAsync(peer);
        Task sending = client.SendChatStateAsync(Dialog, "COMPOSING");
        await socket.ReceiveAsync("ms.PublishEvent");
        await socket.CloseAsync(1001);
        await Assert.ThrowsAsync<ParleyConnectionLostException>(() => sending.Within());
        PeerSocket second = await peer.AcceptAsync();
        await PeerSocket.LeaveAsync(client, second);
    }

    [Fact]
    public async Task Cancelling_a_request_leaves_the_connection_alone()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (ConsumerClient client, PeerSocket socket) = await ConnectAsync(peer);
        using var cancel = new CancellationTokenSource();
        Task<long> publishing = client.PublishTextAsync(Dialog, "cancelled", cancellation: cancel.Token);
        JsonElement cancelled = await socket.ReceiveAsync("ms.PublishEvent");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publishing.Within());
        await socket.AnswerAsync(cancelled, """{"sequence":0}""");
        Task<DateTimeOffset> clock = client.GetClockAsync();
        await socket.AnswerAsync(await socket.ReceiveAsync("GetClock"), """{"currentTime":1000}""");
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1), await clock.Within());
        await PeerSocket.LeaveAsync(client, socket);
    }

    [Fact]
    public async Task A_silent_connection_is_given_up_and_opened_anew()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        var time = new ObservedTime();
        (ConsumerClient client, PeerSocket socket) = await ConnectAsync(peer, new() { Time = time, Reconnect = new() { Jitter = () => 0 }, RequestTimeout = TimeSpan.FromHours(1), ConnectTimeout = TimeSpan.FromHours(1) });
        // The peer reads nothing, so no pong comes.
        for (int i = 0; i < 3; i++) time.Advance(TimeSpan.FromSeconds(30));
        PeerSocket second = await peer.AcceptAsync();
        Assert.Null(await socket.ReceiveTextAsync());
        await PeerSocket.LeaveAsync(client, second);
    }
}
