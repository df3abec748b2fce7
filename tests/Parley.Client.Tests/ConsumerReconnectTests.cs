using System.Text.Json;
using Parley.Client.Tests.Peer;

namespace Parley.Client.Tests;

/// <summary>What a consumer's program sees, and the server gets, when the connection ends at each point of a session.</summary>
public sealed class ConsumerReconnectTests
{
    private const string Dialog = "d-1";

    private static ParleyClientOptions Prompt => new() { Reconnect = new() { Jitter = () => 0 } };

    private static async Task<(ConsumerClient Client, PeerSocket Socket)> ConnectAsync(ScriptedPeer peer, ParleyClientOptions? options = null, Func<CancellationToken, Task<string>>? renew = null)
    {
        var client = new ConsumerClient(peer.Endpoints, Tokens.Consumer(), options ?? Prompt, renew);
        Task connecting = client.ConnectAsync();
        PeerSocket socket = await peer.AcceptAsync();
        await connecting.Within();
        return (client, socket);
    }

    [Fact]
    public async Task The_token_travels_in_the_header_and_never_in_the_address()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (ConsumerClient client, PeerSocket socket) = await ConnectAsync(peer);
        Assert.Equal($"jwt {Tokens.Consumer()}", socket.Header("Authorization"));
        Assert.Equal("/ws_api/account/demo1/messaging/consumer?v=3", socket.Path);
        await PeerSocket.LeaveAsync(client, socket);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(1006)]
    [InlineData(1013)]
    public async Task A_subscription_resumes_after_the_last_event_whatever_ended_the_connection(int code)
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (ConsumerClient client, PeerSocket socket) = await ConnectAsync(peer);
        await using var messages = client.SubscribeMessagesAsync(Dialog).GetAsyncEnumerator();
        Task<MessageEvent> first = messages.NextAsync();
        await AnswerSubscribeAsync(socket, expectedFrom: 0);
        await socket.NotifyMessageAsync(Dialog, 0);
        await socket.NotifyMessageAsync(Dialog, 1);
        Assert.Equal(0, (await first).Sequence);
        Assert.Equal(1, (await messages.NextAsync()).Sequence);

        await EndAsync(socket, code);

        PeerSocket second = await peer.AcceptAsync();
        await AnswerSubscribeAsync(second, expectedFrom: 2);
        await second.NotifyMessageAsync(Dialog, 1);
        await second.NotifyMessageAsync(Dialog, 2);
        Assert.Equal(2, (await messages.NextAsync()).Sequence);
        await PeerSocket.LeaveAsync(client, second);
    }

    [Fact]
    public async Task A_replay_that_breaks_off_is_taken_up_where_it_stopped()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (ConsumerClient client, PeerSocket socket) = await ConnectAsync(peer);
        Task<List<long>> reading = ReadAsync(client, Dialog, count: 30);
        int sent = 0;
        while (sent < 30)
        {
            await AnswerSubscribeAsync(socket, expectedFrom: sent);
            for (int i = 0; i < 10; i++) await socket.NotifyMessageAsync(Dialog, sent++);
            // The close frame comes behind the events: the client has seen all of them when it connects again.
            if (sent == 30) break;
            await EndAsync(socket, 1013);
            socket = await peer.AcceptAsync();
        }
        Assert.Equal(Enumerable.Range(0, 30).Select(i => (long)i), await reading.Within());
        await PeerSocket.LeaveAsync(client, socket);
    }

    [Fact]
    public async Task A_connection_that_ends_before_the_subscription_is_answered_subscribes_again()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (ConsumerClient client, PeerSocket socket) = await ConnectAsync(peer);
        Task<List<long>> reading = ReadAsync(client, Dialog, count: 1);
        await socket.ReceiveAsync("ms.SubscribeMessagingEvents");
        await EndAsync(socket, 1006);
        PeerSocket second = await peer.AcceptAsync();
        await AnswerSubscribeAsync(second, expectedFrom: 0);
        await second.NotifyMessageAsync(Dialog, 0);
        Assert.Equal([0], await reading.Within());
        await PeerSocket.LeaveAsync(client, second);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_subscription_the_server_cannot_restore_now_is_tried_on_another_connection(int code)
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (ConsumerClient client, PeerSocket socket) = await ConnectAsync(peer);
        Task<List<long>> reading = ReadAsync(client, Dialog, count: 1);
        await AnswerSubscribeAsync(socket, expectedFrom: 0);
        await EndAsync(socket, 1001);
        PeerSocket second = await peer.AcceptAsync();
        await second.AnswerAsync(await second.ReceiveAsync("ms.SubscribeMessagingEvents"), "\"later\"", code);
        PeerSocket third = await peer.AcceptAsync();
        await AnswerSubscribeAsync(third, expectedFrom: 0);
        await third.NotifyMessageAsync(Dialog, 0);
        Assert.Equal([0], await reading.Within());
        await PeerSocket.LeaveAsync(client, third);
    }

    [Fact]
    public async Task A_subscription_that_is_not_allowed_any_more_ends_alone()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (ConsumerClient client, PeerSocket socket) = await ConnectAsync(peer);
        Task<List<long>> reading = ReadAsync(client, Dialog, count: 1);
        await AnswerSubscribeAsync(socket, expectedFrom: 0);
        await EndAsync(socket, 1001);
        PeerSocket second = await peer.AcceptAsync();
        await second.AnswerAsync(await second.ReceiveAsync("ms.SubscribeMessagingEvents"), "\"no\"", 403);
        Assert.Equal(403, (await Assert.ThrowsAsync<ParleyRequestException>(() => reading.Within())).Code);
        Task<DateTimeOffset> clock = client.GetClockAsync();
        await second.AnswerAsync(await second.ReceiveAsync("GetClock"), """{"currentTime":1}""");
        await clock.Within();
        await PeerSocket.LeaveAsync(client, second);
    }

    [Fact]
    public async Task A_reader_that_is_behind_gets_everything_in_order_from_a_small_buffer()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (ConsumerClient client, PeerSocket socket) = await ConnectAsync(peer, new() { MessageBuffer = 4 });
        await using var messages = client.SubscribeMessagesAsync(Dialog).GetAsyncEnumerator();
        Task<MessageEvent> first = messages.NextAsync();
        await AnswerSubscribeAsync(socket, expectedFrom: 0);
        for (int i = 0; i < 20; i++) await socket.NotifyMessageAsync(Dialog, i);
        Assert.Equal(0, (await first).Sequence);
        // An answered request behind the events proves that the client has looked at all twenty.
        Task<DateTimeOffset> clock = client.GetClockAsync();
        await socket.AnswerAsync(await socket.ReceiveAsync("GetClock"), """{"currentTime":1}""");
        await clock.Within();

        Task<int> serving = ServeReplaysAsync(socket, stored: 20);
        List<long?> read = [0];
        while (read.Count < 20) read.Add((await messages.NextAsync()).Sequence);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (long?)i), read);
        await client.DisposeAsync();
        Assert.InRange(await serving.Within(), 1, 20);
    }

    /// <summary>Plays a server with so many stored events until the client leaves; how often it was asked for a replay.</summary>
    private static async Task<int> ServeReplaysAsync(PeerSocket socket, int stored)
    {
        for (int replays = 0; ; replays++)
        {
            if (await socket.ReceiveTextAsync() is not { } frame) return replays;
            JsonElement request = JsonElement.Parse(frame);
            await socket.AnswerAsync(request);
            for (int i = request.GetProperty("body").GetProperty("fromSeq").GetInt32(); i < stored; i++) await socket.NotifyMessageAsync(Dialog, i);
        }
    }

    [Fact]
    public async Task A_second_reader_of_a_dialog_takes_nothing_from_the_first()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (ConsumerClient client, PeerSocket socket) = await ConnectAsync(peer);
        Task<List<long>> early = ReadAsync(client, Dialog, count: 6);
        await AnswerSubscribeAsync(socket, expectedFrom: 0);
        await socket.NotifyMessageAsync(Dialog, 0);

        Task<List<long>> late = ReadAsync(client, Dialog, count: 2, from: 4);
        JsonElement request = await socket.ReceiveAsync("ms.SubscribeMessagingEvents");
        Assert.InRange(request.GetProperty("body").GetProperty("fromSeq").GetInt64(), 0, 1);
        await socket.AnswerAsync(request);
        for (int i = 0; i < 6; i++) await socket.NotifyMessageAsync(Dialog, i);
        Assert.Equal([0, 1, 2, 3, 4, 5], await early.Within());
        Assert.Equal([4, 5], await late.Within());
        await PeerSocket.LeaveAsync(client, socket);
    }

    [Fact]
    public async Task A_token_the_server_closes_on_is_renewed_before_the_next_connection()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (ConsumerClient client, PeerSocket socket) = await ConnectAsync(peer, renew: _ => Task.FromResult(Tokens.Consumer(signature: "renewed")));
        await EndAsync(socket, 4407);
        PeerSocket second = await peer.AcceptAsync();
        Assert.Equal($"jwt {Tokens.Consumer(signature: "renewed")}", second.Header("Authorization"));
        await PeerSocket.LeaveAsync(client, second);
    }

    [Fact]
    public async Task A_token_that_cannot_be_renewed_ends_the_client_and_says_so()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (ConsumerClient client, PeerSocket socket) = await ConnectAsync(peer);
        Task<List<long>> reading = ReadAsync(client, Dialog, count: 1);
        await AnswerSubscribeAsync(socket, expectedFrom: 0);
        await EndAsync(socket, 4401);
        await Assert.ThrowsAsync<ParleyAuthenticationException>(() => client.Completion.Within());
        await Assert.ThrowsAsync<ParleyAuthenticationException>(() => reading.Within());
        await Assert.ThrowsAsync<ParleyAuthenticationException>(() => client.GetClockAsync().Within());
        await client.DisposeAsync();
    }

    [Fact]
    public async Task A_renewed_token_that_is_refused_too_ends_the_client()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        int renewals = 0;
        (ConsumerClient client, PeerSocket socket) = await ConnectAsync(peer, renew: _ => Task.FromResult(Tokens.Consumer(signature: $"{++renewals}")));
        await EndAsync(socket, 4401);
        PeerSocket second = await peer.AcceptRawAsync();
        await second.ReceiveAsync("GetClock");
        await EndAsync(second, 4401);
        await Assert.ThrowsAsync<ParleyAuthenticationException>(() => client.Completion.Within());
        Assert.Equal(1, renewals);
        await client.DisposeAsync();
    }

    [Fact]
    public async Task A_refused_upgrade_fails_the_first_connect_with_a_word_about_the_identity()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        peer.RefuseNextUpgrade(401);
        await using var client = new ConsumerClient(peer.Endpoints, Tokens.Consumer(), Prompt);
        await Assert.ThrowsAsync<ParleyAuthenticationException>(() => client.ConnectAsync().Within());
    }

    [Fact]
    public async Task Waits_between_attempts_grow_to_their_bound()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        var time = new ObservedTime();
        var policy = new ReconnectPolicy { BaseDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(5), Jitter = () => 0.99 };
        List<TimeSpan> waits = [];
        (ConsumerClient client, PeerSocket socket) = await ConnectAsync(peer, new() { Time = time, Reconnect = policy });
        for (int i = 0; i < 5; i++) peer.RefuseNextUpgrade(503);
        await EndAsync(socket, 1006);
        for (int attempt = 0; attempt < 6; attempt++)
        {
            waits.Add(await time.WaitForTimerAsync(due => due == policy.DelayBefore(attempt)));
            time.Advance(policy.DelayBefore(attempt));
        }
        PeerSocket second = await peer.AcceptAsync();
        Assert.Equal([990, 1980, 3960, 4950, 4950, 4950], waits.Select(w => w.TotalMilliseconds));
        await PeerSocket.LeaveAsync(client, second);
    }

    [Fact]
    public void Jitter_spreads_a_wait_over_its_whole_range()
    {
        double draw = 0;
        var policy = new ReconnectPolicy { Jitter = () => draw };
        Assert.Equal(TimeSpan.Zero, policy.DelayBefore(3));
        draw = 0.5;
        Assert.Equal(TimeSpan.FromSeconds(2), policy.DelayBefore(3));
        Assert.Equal(TimeSpan.FromSeconds(15), policy.DelayBefore(1000));
    }

    private static async Task AnswerSubscribeAsync(PeerSocket socket, long expectedFrom)
    {
        JsonElement request = await socket.ReceiveAsync("ms.SubscribeMessagingEvents");
        Assert.Equal(Dialog, request.GetProperty("body").GetProperty("dialogId").GetString());
        Assert.Equal(expectedFrom, request.GetProperty("body").GetProperty("fromSeq").GetInt64());
        await socket.AnswerAsync(request);
    }

    private static async Task<List<long>> ReadAsync(ParleyClient client, string dialog, int count, long from = 0)
    {
        List<long> read = [];
        await foreach (MessageEvent message in client.SubscribeMessagesAsync(dialog, from))
        {
            read.Add(message.Sequence!.Value);
            if (read.Count == count) break;
        }
        return read;
    }

    private static async Task EndAsync(PeerSocket socket, int code)
    {
        if (code == 1006) socket.Abort();
        else await socket.CloseAsync(code);
    }
}
