using System.Text.Json;
using Parley.Client.Tests.Peer;

namespace Parley.Client.Tests;

/// <summary>An agent's program: login, rings, messages without subscription, and all of it again after a loss.</summary>
public sealed class AgentTests
{
    private const string Dialog = "d-1";
    private const string Login = """{"bearer":"b-1","csrf":"x-1","config":{"userId":"7","userPid":"pid-7"},"sessionTTl":"28800000"}""";

    private static AgentClientOptions Prompt => new() { Reconnect = new() { Jitter = () => 0 } };

    private static async Task<(AgentClient Client, PeerSocket Socket)> ConnectAsync(ScriptedPeer peer, AgentClientOptions? options = null)
    {
        int logins = 0;
        peer.Http = (path, _) => path switch
        {
            "/api/account/demo1/login" => (200, Login.Replace("b-1", $"b-{++logins}")),
            _ => (200, ""),
        };
        var client = new AgentClient(peer.Endpoints, AgentCredentials.Password("bot", "p"), options ?? Prompt);
        Task connecting = client.ConnectAsync();
        PeerSocket socket = await peer.AcceptAsync();
        await connecting.Within();
        return (client, socket);
    }

    [Fact]
    public async Task A_login_gives_the_bearer_of_the_socket_and_the_ids()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (AgentClient client, PeerSocket socket) = await ConnectAsync(peer);
        Assert.Equal("""{"username":"bot","password":"p"}""", peer.HttpRequests.Single().Body.GetRawText());
        Assert.Equal("jwt b-1", socket.Header("Authorization"));
        Assert.Equal("/ws_api/account/demo1/messaging/brand?v=2.1", socket.Path);
        Assert.Equal(("demo1.7", "pid-7"), (client.AgentId, client.PublicId));
        await PeerSocket.LeaveAsync(client, socket);
    }

    [Fact]
    public async Task Keys_log_in_too()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        peer.Http = (_, _) => (401, """{"error":{"message":"no"}}""");
        await using var client = new AgentClient(peer.Endpoints, AgentCredentials.Keys("bot", "k", "s", "t", "ts"), Prompt);
        await Assert.ThrowsAsync<ParleyAuthenticationException>(() => client.ConnectAsync().Within());
        Assert.Equal("""{"username":"bot","appKey":"k","secret":"s","accessToken":"t","accessTokenSecret":"ts"}""", peer.HttpRequests.Single().Body.GetRawText());
    }

    [Fact]
    public async Task A_given_bearer_learns_its_id_from_the_profile()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        var client = new AgentClient(peer.Endpoints, AgentCredentials.Bearer("given"), Prompt);
        Task connecting = client.ConnectAsync();
        PeerSocket socket = await peer.AcceptAsync();
        Assert.Equal("jwt given", socket.Header("Authorization"));
        await socket.AnswerAsync(await socket.ReceiveAsync("userprofile.GetUserProfile"), """{"userId":"demo1.9"}""");
        await connecting.Within();
        Assert.Equal("demo1.9", client.AgentId);
        await PeerSocket.LeaveAsync(client, socket);
    }

    [Fact]
    public async Task A_ring_is_offered_accepted_and_reported()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (AgentClient client, PeerSocket socket) = await ConnectAsync(peer);
        await using var rings = client.SubscribeRingsAsync().GetAsyncEnumerator();
        Task<Ring> next = rings.NextAsync();
        JsonElement subscribe = await socket.ReceiveAsync("routing.SubscribeRoutingTasks");
        Assert.Equal("demo1.7", subscribe.GetProperty("body").GetProperty("agentId").GetString());
        await socket.AnswerAsync(subscribe, """{"subscriptionId":"s-1"}""");
        await NotifyRingAsync(socket, "s-1", "r-1", "WAITING");
        Ring ring = await next;
        Assert.Equal(new Ring("r-1", RingState.Waiting, "c-1", "k-1", null, DateTimeOffset.FromUnixTimeMilliseconds(1767225673000)), ring);

        Task accepting = client.AcceptRingAsync(ring.Id);
        JsonElement accept = await socket.ReceiveAsync("routing.UpdateRingState");
        Assert.Equal("""{"ringId":"r-1","ringState":"ACCEPTED"}""", accept.GetProperty("body").GetRawText());
        await socket.AnswerAsync(accept, "\"Ring state updated successfully\"", 202);
        await accepting.Within();
        await NotifyRingAsync(socket, "s-1", "r-1", "ACCEPTED");
        Assert.Equal(RingState.Accepted, (await rings.NextAsync()).State);
        await PeerSocket.LeaveAsync(client, socket);
    }

    [Fact]
    public async Task A_bot_accepts_by_itself_survives_a_lost_race_and_goes_on_after_a_reconnect()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (AgentClient client, PeerSocket socket) = await ConnectAsync(peer, new() { AutoAccept = true, Reconnect = new() { Jitter = () => 0 } });
        await socket.AnswerAsync(await socket.ReceiveAsync("routing.SubscribeRoutingTasks"), """{"subscriptionId":"s-1"}""");
        await NotifyRingAsync(socket, "s-1", "r-1", "WAITING");
        await socket.AnswerAsync(await socket.ReceiveAsync("routing.UpdateRingState"), "\"taken\"", 409);
        await socket.CloseAsync(1001);

        PeerSocket second = await peer.AcceptAsync();
        await second.AnswerAsync(await second.ReceiveAsync("routing.SubscribeRoutingTasks"), """{"subscriptionId":"s-2"}""");
        await NotifyRingAsync(second, "s-2", "r-2", "WAITING");
        JsonElement accept = await second.ReceiveAsync("routing.UpdateRingState");
        Assert.Equal("r-2", accept.GetProperty("body").GetProperty("ringId").GetString());
        await second.AnswerAsync(accept, code: 202);
        await PeerSocket.LeaveAsync(client, second);
    }

    [Fact]
    public async Task The_state_is_said_again_on_a_new_connection_before_anything_else()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (AgentClient client, PeerSocket socket) = await ConnectAsync(peer);
        Task setting = client.SetStateAsync(AgentAvailability.BackSoon);
        JsonElement request = await socket.ReceiveAsync("routing.SetAgentState");
        Assert.Equal("""{"availability":"BACK_SOON","channels":["MESSAGING"],"agentUserId":"demo1.7"}""", request.GetProperty("body").GetRawText());
        await socket.AnswerAsync(request, code: 202);
        await setting.Within();
        await socket.CloseAsync(1013);

        PeerSocket second = await peer.AcceptAsync();
        Assert.Equal("jwt b-1", second.Header("Authorization"));
        JsonElement again = await second.ReceiveAsync("routing.SetAgentState");
        Assert.Equal("BACK_SOON", again.GetProperty("body").GetProperty("availability").GetString());
        await second.AnswerAsync(again, code: 202);
        await PeerSocket.LeaveAsync(client, second);
    }

    [Fact]
    public async Task Live_events_follow_the_stored_ones_without_hole_or_repeat()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (AgentClient client, PeerSocket socket) = await ConnectAsync(peer);
        Task<List<long>> reading = ReadAsync(client, count: 5);
        JsonElement query = await socket.ReceiveAsync("ms.QueryMessages");
        Assert.Equal(-1, query.GetProperty("body").GetProperty("newerThanSequence").GetInt32());
        // Event 3 is committed after the query was evaluated and overtakes its answer.
        await socket.DistributeMessageAsync(Dialog, 3);
        await AnswerQueryAsync(socket, query, 0, 1, 2);
        await socket.DistributeMessageAsync(Dialog, 2);
        await socket.DistributeMessageAsync("other", 4);
        await socket.DistributeMessageAsync(Dialog, 4);
        Assert.Equal([0, 1, 2, 3, 4], await reading.Within());
        await PeerSocket.LeaveAsync(client, socket);
    }

    [Fact]
    public async Task A_hole_in_the_live_events_is_filled_by_a_query()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (AgentClient client, PeerSocket socket) = await ConnectAsync(peer);
        Task<List<long>> reading = ReadAsync(client, count: 4);
        await AnswerQueryAsync(socket, await socket.ReceiveAsync("ms.QueryMessages"), 0);
        await socket.DistributeMessageAsync(Dialog, 3);
        JsonElement query = await socket.ReceiveAsync("ms.QueryMessages");
        Assert.Equal(0, query.GetProperty("body").GetProperty("newerThanSequence").GetInt32());
        await AnswerQueryAsync(socket, query, 0, 1, 2);
        Assert.Equal([0, 1, 2, 3], await reading.Within());
        await PeerSocket.LeaveAsync(client, socket);
    }

    [Fact]
    public async Task What_came_while_the_agent_was_away_is_queried_on_the_new_connection()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (AgentClient client, PeerSocket socket) = await ConnectAsync(peer);
        await using var messages = client.SubscribeMessagesAsync(Dialog).GetAsyncEnumerator();
        Task<MessageEvent> first = messages.NextAsync();
        await AnswerQueryAsync(socket, await socket.ReceiveAsync("ms.QueryMessages"), 0, 1);
        Assert.Equal(0, (await first).Sequence);
        Assert.Equal(1, (await messages.NextAsync()).Sequence);
        socket.Abort();
        PeerSocket second = await peer.AcceptAsync();
        JsonElement query = await second.ReceiveAsync("ms.QueryMessages");
        Assert.Equal(1, query.GetProperty("body").GetProperty("newerThanSequence").GetInt32());
        await AnswerQueryAsync(second, query, 2);
        await second.DistributeMessageAsync(Dialog, 3);
        Assert.Equal(2, (await messages.NextAsync()).Sequence);
        Assert.Equal(3, (await messages.NextAsync()).Sequence);
        await PeerSocket.LeaveAsync(client, second);
    }

    [Fact]
    public async Task A_hole_that_no_query_fills_is_not_waited_for()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (AgentClient client, PeerSocket socket) = await ConnectAsync(peer);
        await using var messages = client.SubscribeMessagesAsync(Dialog).GetAsyncEnumerator();
        Task<MessageEvent> first = messages.NextAsync();
        await AnswerQueryAsync(socket, await socket.ReceiveAsync("ms.QueryMessages"), 0);
        Assert.Equal(0, (await first).Sequence);
        await socket.DistributeMessageAsync(Dialog, 3);
        await AnswerQueryAsync(socket, await socket.ReceiveAsync("ms.QueryMessages"));
        Assert.Equal(3, (await messages.NextAsync()).Sequence);
        await PeerSocket.LeaveAsync(client, socket);
    }

    [Fact]
    public async Task A_server_that_answers_with_the_newest_events_only_is_asked_for_the_older_ones()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (AgentClient client, PeerSocket socket) = await ConnectAsync(peer);
        Task<List<long>> reading = ReadAsync(client, count: 4);
        await AnswerQueryAsync(socket, await socket.ReceiveAsync("ms.QueryMessages"), 2, 3);
        JsonElement older = await socket.ReceiveAsync("ms.QueryMessages");
        Assert.Equal(2, older.GetProperty("body").GetProperty("olderThanSequence").GetInt32());
        await AnswerQueryAsync(socket, older, 0, 1);
        Assert.Equal([0, 1, 2, 3], await reading.Within());
        await PeerSocket.LeaveAsync(client, socket);
    }

    [Fact]
    public async Task A_query_that_is_refused_ends_the_reading_with_the_refusal()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (AgentClient client, PeerSocket socket) = await ConnectAsync(peer);
        Task<List<long>> reading = ReadAsync(client, count: 1);
        await socket.AnswerAsync(await socket.ReceiveAsync("ms.QueryMessages"), "\"no\"", 403);
        Assert.Equal(403, (await Assert.ThrowsAsync<ParleyRequestException>(() => reading.Within())).Code);
        await PeerSocket.LeaveAsync(client, socket);
    }

    [Theory]
    [InlineData(4401, "jwt b-2")]
    [InlineData(4407, "jwt b-2")]
    [InlineData(1001, "jwt b-1")]
    [InlineData(1013, "jwt b-1")]
    public async Task Only_a_close_about_the_identity_logs_in_again(int code, string authorization)
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (AgentClient client, PeerSocket socket) = await ConnectAsync(peer);
        await socket.CloseAsync(code);
        PeerSocket second = await peer.AcceptAsync();
        Assert.Equal(authorization, second.Header("Authorization"));
        await PeerSocket.LeaveAsync(client, second);
    }

    [Fact]
    public async Task A_bearer_that_is_refused_at_the_upgrade_logs_in_again()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        (AgentClient client, PeerSocket socket) = await ConnectAsync(peer);
        peer.RefuseNextUpgrade(401);
        await socket.CloseAsync(1001);
        PeerSocket second = await peer.AcceptAsync();
        Assert.Equal("jwt b-2", second.Header("Authorization"));
        await PeerSocket.LeaveAsync(client, second);
    }

    [Fact]
    public async Task A_session_is_extended_and_when_it_has_ended_a_new_one_begun()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        var time = new ObservedTime();
        (AgentClient client, PeerSocket socket) = await ConnectAsync(peer, new() { Time = time, PingInterval = TimeSpan.FromDays(1), Reconnect = new() { Jitter = () => 0 } });
        var refreshed = new TaskCompletionSource<JsonElement>();
        peer.Http = (path, body) =>
        {
            if (path.EndsWith("/login", StringComparison.Ordinal)) return (200, Login.Replace("b-1", "b-new"));
            return refreshed.TrySetResult(body) ? (200, "") : (401, "{}");
        };
        await time.WaitForTimerAsync(due => due == TimeSpan.FromMinutes(4));
        time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal("""{"csrf":"x-1"}""", (await refreshed.Task.Within()).GetRawText());
        time.Advance(TimeSpan.FromMinutes(4));
        PeerSocket second = await peer.AcceptAsync();
        Assert.Equal("jwt b-new", second.Header("Authorization"));
        await PeerSocket.LeaveAsync(client, second);
    }

    private static async Task<List<long>> ReadAsync(AgentClient client, int count)
    {
        List<long> read = [];
        await foreach (MessageEvent message in client.SubscribeMessagesAsync(Dialog))
        {
            read.Add(message.Sequence!.Value);
            if (read.Count == count) break;
        }
        return read;
    }

    private static Task AnswerQueryAsync(PeerSocket socket, JsonElement query, params int[] sequences) =>
        socket.AnswerAsync(query, $"[{string.Join(',', sequences.Select(s => PeerSocket.Event(Dialog, s)))}]", type: ".ams.ms.QueryMessages$Response");

    private static Task NotifyRingAsync(PeerSocket socket, string subscription, string ring, string state) =>
        socket.NotifyAsync(".ams.routing.RoutingTaskNotification", $$$"""
            {"subscriptionId":"{{{subscription}}}","changes":[{"type":"UPSERT","result":{"taskCompleted":false,"conversationId":"c-1","consumerId":"k-1","skillId":"-1",
            "ringsDetails":[{"ringId":"{{{ring}}}","ringState":"{{{state}}}","ringExpirationTs":1767225673000,"convId":"c-1","consumerId":"k-1","skillId":"-1"}]}}]}
            """);
}
